"""Saturation, lines and portrait."""

import itertools

import numpy as np
import pytest

from coding.errors import BadInput
from coding.retrieval import code_lines, named_code, portrait, saturation
from coding.retrieval.saturation import _curves
from linkage.study import writing


def test_new_codes_in_the_order_of_import(coded) -> None:
    frame = saturation(coded)
    assert frame[["codes", "new", "known"]].values.tolist() == [[4, 4, 4], [2, 0, 4]]
    assert frame["mean_known"].iloc[-1] == 4
    assert 2 < frame["mean_known"].iloc[0] < 4


def test_the_average_is_near_that_of_all_orders() -> None:
    has = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]], dtype=bool)
    every = [
        np.logical_or.accumulate(has[list(order)]).sum(axis=1)
        for order in itertools.permutations(range(3))
    ]
    assert _curves(has, 4000, 1).mean(axis=0) == pytest.approx(np.mean(every, axis=0), abs=0.05)


def test_a_seed_gives_the_same_orders_again(coded) -> None:
    assert saturation(coded, seed=7).equals(saturation(coded, seed=7))
    with pytest.raises(BadInput):
        saturation(coded, orders=0)


def test_a_transcript_that_nobody_coded_does_not_flatten_the_curve(coded) -> None:
    with writing(coded, "test", "uncode the first"):
        coded.execute("DELETE FROM coding WHERE transcript_id = 1")
    assert saturation(coded)["transcript_id"].to_list() == [2]


def test_lines_say_which_code_stands_where(coded) -> None:
    lines = code_lines(coded, 1)[["code", "first", "last", "speaker"]].values.tolist()
    assert lines == [
        ["Together", 2, 2, "Maureen"],
        ["Clean-ups", 2, 2, "Maureen"],
        ["Clean-ups", 4, 4, "Maureen"],
        ["Asked", 3, 3, "Joyce"],
        ["Council", 5, 5, "Facilitator"],
        ["Council", 6, 6, "Joyce"],
    ]


def test_a_portrait_takes_the_code_of_most_letters(coded) -> None:
    rows = portrait(coded, 1, level="code")
    assert rows["code"].to_list() == ["", "Together", "Asked", "Clean-ups", "Council", "Council"]
    assert rows["codes"].to_list() == [0, 2, 1, 1, 1, 1]
    assert rows["share"].iloc[3] == pytest.approx(len("An hour helps") / len("An hour helps."))


def test_a_code_is_found_by_name_path_and_number(coded) -> None:
    assert named_code(coded, "asked") == named_code(coded, "Together › Asked") == 3
    assert named_code(coded, "4") == 4


def test_an_empty_study_has_empty_frames(study) -> None:
    assert saturation(study).empty
