"""A row wider than its header never loses an answer in silence."""

from pathlib import Path

import pytest

from analysis.errors import BadInput
from analysis.survey_files import read_survey

FULL = "1,none,3\n"


@pytest.mark.parametrize("above", [0, 1, 40])
@pytest.mark.parametrize("beyond", [",5", ",,5", ",,,5"])
def test_an_answer_beyond_the_header_is_refused(tmp_path: Path, above: int, beyond: str) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("id,arm,y\n" + FULL * above + f"2,A,4{beyond}\n" + FULL)
    with pytest.raises(BadInput, match=rf"(Row|line) {above + 2} .*more cells than the header"):
        read_survey(path)


@pytest.mark.parametrize("beyond", ["", ",", ",,,"])
def test_blank_cells_beyond_the_header_are_nothing(tmp_path: Path, beyond: str) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text(f"id,arm,y\n1,none,3{beyond}\n2,A\n")
    frame = read_survey(path).frame
    assert list(frame.columns) == ["id", "arm", "y"]
    assert len(frame) == 2
