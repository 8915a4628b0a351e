"""Clusters stay whole, late additions leave the earlier alone, and all of it can be made again."""

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.allocation import allocate, verify
from analysis.errors import BadInput

ARMS = ("none", "A", "B", "A+B")
homes = st.lists(st.integers(1, 5), min_size=1, max_size=25)
shares = st.lists(st.integers(1, 5), min_size=4, max_size=4)
seeds = st.integers(0, 2**63 - 1)


def frame_of(sizes: list[int], first: int = 0, areas: int = 2) -> pd.DataFrame:
    """Households of these sizes, turn by turn in the areas."""
    home = np.repeat(np.arange(len(sizes)), sizes)
    return pd.DataFrame(
        {
            "id": [f"r{first + i:03d}" for i in range(len(home))],
            "area": [f"area {h % areas}" for h in home],
            "home": [f"h{first + h}" for h in home],
        }
    )


@given(homes, shares, seeds, st.randoms(use_true_random=False))
def test_clusters_are_whole_and_shared_out_whatever_the_order(
    sizes: list[int], wanted: list[int], seed: int, random: Random
) -> None:
    frame = frame_of(sizes)
    found, receipt = allocate(frame, ["area"], ARMS, seed, cluster="home", shares=wanted)
    assert (found.groupby("cluster")["arm"].nunique() == 1).all()
    counts = found.drop_duplicates("cluster").groupby(["area", "arm"]).size()
    for area, units in found.groupby("area")["cluster"].nunique().items():
        for arm, share in zip(ARMS, wanted, strict=True):
            exact = units * share / sum(wanted)
            assert abs(counts.get((area, arm), 0) - exact) < 1
    order = random.sample(range(len(frame)), len(frame))
    again, same = allocate(frame.iloc[order], ["area"], ARMS, seed, cluster="home", shares=wanted)
    pd.testing.assert_frame_equal(found, again)
    assert (receipt, verify(frame, receipt)) == (same, [])


@given(homes, homes, seeds, seeds)
def test_additions_leave_the_earlier_alone_and_can_be_made_again(
    first: list[int], second: list[int], seed: int, other: int
) -> None:
    before = allocate(frame_of(first), ["area"], ARMS, seed, cluster="home")[0]
    late = frame_of(second, first=900)
    # Somebody of a household that is allocated already turns up late.
    late.loc[0, ["area", "home"]] = ["area 0", "h0"]
    kept = before.copy()
    added, receipt = allocate(late, ["area"], ARMS, other, cluster="home", batch=2, earlier=before)
    pd.testing.assert_frame_equal(before, kept)
    assert not set(added["respondent"]) & set(before["respondent"])
    both = pd.concat([before, added])
    assert (both.groupby("cluster")["arm"].nunique() == 1).all()
    assert (both.groupby("cluster")["block"].nunique() == 1).all()
    assert (receipt.batch, verify(late, receipt, before)) == (2, [])


def test_a_batch_of_the_same_seed_is_drawn_anew() -> None:
    frame = frame_of([1] * 40)
    first = allocate(frame, ["area"], ARMS, 5)[0]
    late = frame.assign(id=["z" + one for one in frame["id"]])
    second = allocate(late, ["area"], ARMS, 5, batch=2, earlier=first)[0]
    assert first["arm"].tolist() != second["arm"].tolist()


def test_who_is_allocated_already_is_refused_by_name() -> None:
    first = allocate(frame_of([1] * 8), ["area"], ARMS, 5)[0]
    late = frame_of([1] * 9)
    with pytest.raises(BadInput, match=r"8 of these respondents are allocated already \(r000, "):
        allocate(late, ["area"], ARMS, 5, batch=2, earlier=first)


@pytest.mark.parametrize(
    ("frame", "options", "sentence"),
    [
        (frame_of([2, 2]).assign(area=["a", "b", "a", "a"]), {"cluster": "home"},
         "“h0” of the column “home” lies in several blocks \\(a; b\\)"),
        (frame_of([2, 2]).assign(home=["h", " ", "h", "h"]), {"cluster": "home"},
         "Row 3 of the frame has no home"),
        (frame_of([2]), {"cluster": "house"}, "no column “house”"),
        (frame_of([2]), {"cluster": "area"}, "named twice"),
        (frame_of([2]), {"cluster": "id"}, "cannot be allocated within the column “id”"),
        (frame_of([2]).assign(cluster=1), {"cluster": "cluster"}, "rename it"),
        (frame_of([2]), {"shares": [1, 2]}, "a share for each of the 4 arms"),
        (frame_of([2]), {"shares": [1, 2, 3, 0]}, "whole numbers from 1"),
        (frame_of([2]), {"shares": [1, 2, 3, 1.5]}, "whole numbers from 1"),
    ],
)  # fmt: skip
def test_clusters_and_shares_that_cannot_be_are_refused(
    frame: pd.DataFrame, options: dict, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        allocate(frame, ["area"], ARMS, 1, **options)


def test_a_large_frame_with_many_columns_is_read_by_name_only() -> None:
    wide = pd.DataFrame({f"c{i}": ["=1+1"] * 12 for i in range(200)})
    frame = frame_of([1] * 12).join(wide)
    found, receipt = allocate(frame, ["area"], ARMS, 1)
    assert list(found.columns) == ["respondent", "area", "block", "arm"]
    assert allocate(frame_of([1] * 12), ["area"], ARMS, 1)[1] == receipt
