"""Files that would take their reader down, or all memory, are refused and take nobody along."""

import zipfile
from pathlib import Path

import pytest

from analysis import apart
from analysis.errors import BadInput
from analysis.survey_files import read_survey

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def write_xlsx(path: Path, rows: dict[int, dict[str, str]]) -> Path:
    """Write the smallest workbook there is: rows by number, cells by column letters."""
    cells = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{at}{number}" t="str"><v>{text}</v></c>' for at, text in row.items())
        + "</row>"
        for number, row in rows.items()
    )
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Answers" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{cells}'
        "</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_a_workbook_is_read_in_the_child(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "ok.xlsx", {1: {"A": "id", "B": "arm"}, 2: {"A": "r1", "B": "A"}})
    assert read_survey(path).frame.to_numpy().tolist() == [["r1", "A"]]


def test_a_cell_in_the_last_corner_of_the_sheet_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "far.xlsx", {1: {"A": "id", "B": "arm"}, 1048576: {"XFD": "x"}})
    with pytest.raises(BadInput, match=r"^far\.xlsx is damaged or too large to read"):
        read_survey(path)


def test_a_file_that_crashes_its_reader_is_refused(shared: Path, tmp_path: Path) -> None:
    whole = (shared / "data/survey_oddities/pyreadstat_ordered_category.sav").read_bytes()
    path = tmp_path / "damaged.sav"
    path.write_bytes(whole[:273] + b"\xfb" + whole[274:])  # this byte makes ReadStat segfault
    with pytest.raises(BadInput, match=r"^damaged\.sav (is damaged|cannot be read)"):
        read_survey(path)


def test_a_reader_that_does_not_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    path = write_xlsx(tmp_path / "slow.xlsx", {1: {"A": "id"}, 2: {"A": "r1"}})
    with pytest.raises(BadInput, match=r"^slow\.xlsx was not read within"):
        read_survey(path)


def test_what_the_reader_says_is_said_as_it_is(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "twice.xlsx", {1: {"A": "id", "B": "id"}, 2: {"A": "r1"}})
    with pytest.raises(BadInput, match=r"^twice\.xlsx has two columns called “id”; rename one\.$"):
        read_survey(path)
