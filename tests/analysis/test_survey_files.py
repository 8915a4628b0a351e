"""Every survey file is read, or refused in one sentence."""

from pathlib import Path

import numpy as np
import pytest

from analysis.errors import BadInput
from analysis.guessing import guess_scale
from analysis.reading import Reading
from analysis.survey_files import SurveyFile, read_survey

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL = sorted([*SHARED.glob("survey/*"), *SHARED.glob("survey_oddities/*")])


def csv(tmp_path: Path, content: str | bytes, name: str = "answers.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(tmp_path: Path, content: str | bytes) -> SurveyFile:
    return read_survey(csv(tmp_path, content))


def refusal(path: Path) -> str:
    """Read a file; return the sentence that refuses it, or nothing."""
    try:
        survey = read_survey(path)
    except BadInput as error:
        return str(error)
    assert len(survey.frame)
    assert all(isinstance(name, str) and name for name in survey.frame.columns)
    return ""


@pytest.mark.usefixtures("shared")
def test_real_files_are_there() -> None:
    assert len(REAL) > 30


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_every_real_file_is_read_or_refused_in_one_sentence(path: Path) -> None:
    sentence = refusal(path)
    assert "\n" not in sentence
    assert not sentence or path.name in sentence


def test_labels_of_columns_and_values_are_read(shared: Path) -> None:
    survey = read_survey(shared / "data/survey_oddities/pyreadstat_ordered_category.sav")
    assert [len(labels) > 1 for labels in survey.value_labels.values()] == [True]
    hiv = read_survey(shared / "data/survey/thornton_hiv.dta")
    assert hiv.labels["got"] == "Got HIV results"
    assert hiv.frame["got"].dtype == float  # Stata's integers, some missing


def test_declared_missing_values_are_missing(shared: Path) -> None:
    survey = read_survey(shared / "data/survey_oddities/haven_labelled-num-na.sav")
    assert survey.frame.iloc[:, 0].isna().any()


@pytest.mark.parametrize(
    "content",
    [
        "id,a\n1,2\n2,3\n",
        "\ufeffid,a\n1,2\n2,3\n",
        "id;a\n1;2\n2;3\n",
        "id\ta\r\n1\t2\r\n2\t3\r\n",
        "id,a\r1,2\r2,3\r",
        "Survey of 2025,\n,\nid,a\n1,2\n\n2,3\n,\n",
        '"A survey,\nof 2025"\nid,a\n1,2\n2,3\n',
        "id,a,\n1,2,\n2,3,\n",
        ' id , a\n1,"2"\n2, 3 \n',
    ],
    ids=["plain", "BOM", "semicolon", "tab", "CR", "title", "title of 2 lines", "comma", "spaces"],
)
def test_the_same_table_in_any_dress(tmp_path: Path, content: str) -> None:
    survey = read(tmp_path, content)
    assert survey.frame.columns.tolist() == ["id", "a"]
    assert survey.frame.to_numpy().tolist() == [[1, 2], [2, 3]]


def test_rows_keep_the_number_they_have_in_the_file(tmp_path: Path) -> None:
    survey = read(tmp_path, "Our survey,\nid,a\n1,2\n,\n2,3\n")
    assert (survey.frame.index + survey.first_row).tolist() == [3, 5]


def test_a_question_with_commas_does_not_hide_the_semicolon(tmp_path: Path) -> None:
    survey = read(tmp_path, "id;Do you, or others, help, at all?\n1;2,5\n2;3\n")
    assert survey.frame.iloc[:, 1].tolist() == [2.5, 3.0]


def test_words_and_ids_are_kept_as_written(tmp_path: Path) -> None:
    text = "id,arm,long,n\n007,None,12345678901234567890,1e3\n7,null,1,-.5\n8,NA,,\n"
    frame = read(tmp_path, text).frame
    assert frame["id"].tolist() == ["007", "7", "8"]
    assert frame["arm"].tolist()[:2] == ["None", "null"]
    assert frame["long"][0] == "12345678901234567890"
    np.testing.assert_array_equal(frame["n"], [1000, -0.5, np.nan])
    assert frame.loc[2, ["arm", "long", "n"]].isna().all()


def test_windows_letters_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, "id,town\n1,Sk\xf6vde \x96\n".encode("latin-1")).frame["town"][0] == (
        "Skövde –"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty"),
        ("\n\n", "has no header row"),
        ("id,a\n", "has no rows of answers"),
        ("id,a\n,\n", "has no rows of answers"),
        ("id,a\n1,2\x00\n", "is not a text file"),
        ("id,a\n1,2\n".encode("utf-16"), "is not a text file"),
        ("id,a,id\n1,2,3\n", "two columns called “id”"),
        ("id,,a\n1,2,3\n", "Column 2 of answers.csv has no name"),
        ("id,a\n1,2\n1,2,3\n", "Row 3 of answers.csv has more cells than the header"),
        ("id,a\n1,2\n1,2,3,4\n", "Row 3 of answers.csv has more cells"),
        ('id,a\n1,"' + "x" * 200_000 + '"\n', "cannot be read as a table"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(
    tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        read(tmp_path, content)


@pytest.mark.parametrize("kind", ["sav", "zsav", "por", "dta", "xlsx"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, kind: str) -> None:
    path = csv(tmp_path, "id,a\n1,2\n", f"answers.{kind}")
    with pytest.raises(BadInput, match=f"^answers.{kind} (cannot be read|is not an Excel)"):
        read_survey(path)


def test_unknown_kinds_and_absent_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"use \.csv, \.xlsx, \.sav"):
        read_survey(csv(tmp_path, "x", "answers.pdf"))
    with pytest.raises(BadInput, match="There is no file"):
        read_survey(tmp_path / "none.csv")


def test_a_workbook_is_read_and_one_with_a_nameless_column_is_refused(shared: Path) -> None:
    survey = read_survey(shared / "data/documents/qualcoder_survey789.xlsx")
    assert survey.frame.shape == (3, 6)
    with pytest.raises(BadInput, match="Column 2 of .* has no name in the header"):
        read_survey(shared / "data/documents/lpdp_elgin_saves_money.xlsx")


MIXED = "id;h\n1;3,104\n2;k.A.\n3;-0,5\n4;2.5\n5;98,0\n"


def test_a_decimal_comma_is_one_among_words_too(tmp_path: Path) -> None:
    reading = Reading(read(tmp_path, MIXED))
    found = reading.numbers("h", "hours", missing=["k.A.", 98])
    assert reading.fatal == []
    assert found.tolist() == pytest.approx([3.104, np.nan, -0.5, 2.5, np.nan], nan_ok=True)


def test_thousands_of_a_file_with_decimal_commas_are_refused(tmp_path: Path) -> None:
    reading = Reading(read(tmp_path, "id;h\n1;1.234,5\n2;k.A.\n"))
    reading.numbers("h", "hours", missing=["k.A."])
    assert "1.234,5" in reading.fatal[0]


def test_a_comma_in_a_file_parted_by_commas_parts_thousands(tmp_path: Path) -> None:
    reading = Reading(read(tmp_path, 'id,h\n1,"3,104"\n2,n/k\n'))
    assert reading.numbers("h", "hours", missing=["n/k"]).tolist()[0] == 3104


def test_the_scale_of_such_a_column_is_guessed_by_its_numbers(tmp_path: Path) -> None:
    assert guess_scale(read(tmp_path, MIXED), "h") == "continuous"
