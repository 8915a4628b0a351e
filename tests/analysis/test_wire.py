"""What passes between the reading process and ours arrives as it was."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.survey_files import READERS, SurveyFile
from analysis.wire import pack, unpack


def test_values_labels_and_gaps_arrive_as_they_were() -> None:
    frame = pd.DataFrame({"n": [0.1, None], "i": [1, 2], "t": ["é😀", None], "b": [True, False]})
    frame["m"] = pd.Series([1, "x"], dtype=object)
    sent = SurveyFile(
        "s.sav", frame, {"n": "How many?"}, {"n": {0.1: "few"}, "t": {"a": "A"}}, 1, ","
    )
    got = unpack(pack(sent))
    pd.testing.assert_frame_equal(got.frame, frame)
    assert (got.labels, got.value_labels, got.first_row) == (sent.labels, sent.value_labels, 1)
    assert got.decimal == ","


@pytest.mark.parametrize("name", ["derived/Cai_2015_labelled.sav", "survey/thornton_hiv.dta"])
def test_real_files_arrive_as_they_were(shared: Path, name: str) -> None:
    path = shared / "data" / name
    sent = READERS[path.suffix](path)
    got = unpack(pack(sent))
    pd.testing.assert_frame_equal(got.frame, sent.frame)
    assert got.value_labels == sent.value_labels
