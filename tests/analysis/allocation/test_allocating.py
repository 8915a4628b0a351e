"""Allocation is balanced, does not depend on the order of rows, and can be made again."""

from dataclasses import replace
from datetime import date
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from analysis.allocation import allocate, verify
from analysis.errors import BadInput
from analysis.stored_allocation import (
    arm_counts,
    find_receipt,
    store_allocation,
    stored_allocation,
)
from linkage.study import writing

ARMS = ("none", "A", "B", "A+B")


def frame_of(blocks: list[int]) -> pd.DataFrame:
    areas = np.repeat([f"area {i}" for i in range(len(blocks))], blocks)
    return pd.DataFrame({"id": [f"r{i:03d}" for i in range(len(areas))], "area": areas})


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=5),
    st.integers(0, 2**63 - 1),
    st.randoms(use_true_random=False),
)
def test_balanced_repeatable_and_independent_of_row_order(
    blocks: list[int], seed: int, random: Random
) -> None:
    frame = frame_of(blocks)
    allocated, receipt = allocate(frame, ["area"], ARMS, seed)
    sizes = pd.crosstab(allocated["area"], pd.Categorical(allocated["arm"], ARMS), dropna=False)
    assert (sizes.max(axis=1) - sizes.min(axis=1) <= 1).all()
    order = random.sample(range(len(frame)), len(frame))
    again, same = allocate(frame.iloc[order], ["area"], ARMS, seed)
    pd.testing.assert_frame_equal(allocated, again)
    assert receipt == same
    assert verify(frame, receipt) == []


@given(st.lists(st.integers(1, 12), min_size=2, max_size=5), st.integers(0, 99))
def test_a_block_more_leaves_the_others_alone(blocks: list[int], seed: int) -> None:
    frame = frame_of(blocks)
    few = allocate(frame[frame["area"] != "area 0"], ["area"], ARMS, seed)[0]
    many = allocate(frame, ["area"], ARMS, seed)[0]
    both = few.merge(many, on="respondent")
    assert (both["arm_x"] == both["arm_y"]).all()


def test_another_seed_allocates_otherwise_and_leftovers_go_to_any_arm() -> None:
    frame = frame_of([40])
    assert not allocate(frame, [], ARMS, 1)[0].equals(allocate(frame, [], ARMS, 2)[0])
    single = {allocate(frame[:1], [], ARMS, seed)[0]["arm"].item() for seed in range(60)}
    assert single == set(ARMS)


def test_blocks_are_not_confused_by_what_joins_their_names() -> None:
    frame = pd.DataFrame({"id": range(8), "x": ["a / b", "a"] * 4, "y": ["c", "b / c"] * 4})
    allocated = allocate(frame, ["x", "y"], ARMS, 3)[0]
    assert set(allocated["block"]) == {'["a / b", "c"]', '["a", "b / c"]'}
    assert (allocated.groupby("x")["arm"].nunique() == 4).all()


def test_a_changed_frame_or_receipt_is_noticed() -> None:
    frame = frame_of([8, 8])
    receipt = allocate(frame, ["area"], ARMS, 5)[1]
    moved = frame.assign(area=["area 1", *frame["area"][1:]])
    assert verify(moved, receipt)[0].startswith("The sampling frame is not the one")
    assert any("number of respondents" in told for told in verify(frame[1:], receipt))
    assert verify(frame, replace(receipt, seed=6)) == [
        "The allocation differs from the one recorded."
    ]


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (pd.DataFrame({"id": [], "area": []}), "has no rows"),
        (pd.DataFrame({"name": ["x"], "area": ["y"]}), "no column of respondent ids.*name, area"),
        (pd.DataFrame({"id": [1.0, 2, 1], "area": "y"}), "“1” occurs in rows 2, 4"),
        (pd.DataFrame({"id": [1, 2], "area": ["y", " "]}), "Row 3 of the frame has no area"),
        (pd.DataFrame({"id": [1, None], "area": "y"}), "Row 3 of the frame has no respondent"),
        (pd.DataFrame({"id": [1, 2], "place": "y"}), "no column “area”.*id, place"),
    ],
)
def test_a_frame_that_cannot_be_allocated_is_refused(frame: pd.DataFrame, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        allocate(frame, ["area"], ARMS, 1)


@pytest.mark.parametrize(
    ("within", "arms", "seed", "sentence"),
    [
        (["area", "area"], ARMS, 1, "named twice"),
        (["id"], ARMS, 1, "cannot be allocated within the column “id”"),
        (["arm"], ARMS, 1, "cannot be allocated within the column “arm”"),
        (["area"], ("A",), 1, "two or more different arms"),
        (["area"], ("A", "A "), 1, "two or more different arms"),
        (["area"], ARMS, -1, "The seed must be a whole number"),
        (["area"], ARMS, 2**63, "The seed must be a whole number"),
    ],
)
def test_rules_that_cannot_be_used_are_refused(
    within: list[str], arms: tuple[str, ...], seed: int, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        allocate(frame_of([4]).assign(arm="A"), within, arms, seed)


def test_an_allocation_is_stored_once_with_its_receipt(study: Database) -> None:
    frame = pd.DataFrame({"id": ["007", "7", "8"], "place": ["East", "East", "Moon"]})
    allocated, receipt = allocate(frame, ["place"], ARMS, 1)
    for sentence in (None, "allocated already"):
        with writing(study, "test", "allocate"):
            if sentence is None:
                store_allocation(study, 1, allocated, receipt, {"East": 1}, date(2026, 5, 12))
            else:
                with pytest.raises(BadInput, match=sentence):
                    store_allocation(study, 1, allocated, receipt, {"East": 1}, date(2026, 5, 13))
    stored, kept = stored_allocation(study, 1), find_receipt(study, 1)
    assert stored is not None
    assert kept is not None
    assert stored["respondent"].tolist() == ["007", "7", "8"]
    assert stored["area"].fillna("").tolist() == ["east", "east", ""]
    assert (kept["allocated_on"], kept["arms"]) == ("2026-05-12", ARMS)
    assert kept["result_sha256"] == receipt.result_sha256
    assert sum(int(str(row["respondents"])) for row in arm_counts(study, 1)) == 3
