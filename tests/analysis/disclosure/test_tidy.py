"""Tidy tables: rows, several counts, and what has left before."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.differencing import Ledger
from analysis.disclosure.shapes import Shape
from analysis.disclosure.tidy import hide_counts

from .tables import WHOLE, narrowest, tidy

ARMS = Shape("answers", ("area", "arm"), ("n",), ("mean",), {"area": "pooled"})


def table(rows: dict[str, list[int]]) -> pd.DataFrame:
    cells = [(a, str(arm), n) for a, counts in rows.items() for arm, n in enumerate(counts)]
    return pd.DataFrame(cells, columns=["area", "arm", "n"])


def with_totals(frame: pd.DataFrame) -> pd.DataFrame:
    totals = frame.groupby("arm", as_index=False)["n"].sum().assign(area="pooled")
    return pd.concat([frame, totals], ignore_index=True)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([2, 3]))
def test_no_attack_on_two_and_three_ways(seed: int, ways: int) -> None:
    frame, hidden = suppressed(seed, ways)
    told = frame.assign(n=frame["n"].astype(float).mask(frame.index.isin(hidden)))
    assert frame.index[frame["n"] < 10].isin(list(hidden)).all()
    assert narrowest(told, frame) >= 10 - 1e-6


@pytest.mark.slow
def test_no_attack_on_many_tables(capsys) -> None:
    widths = []
    for seed in range(600):
        frame, hidden = suppressed(seed, 2 + seed % 2)
        told = frame.assign(n=frame["n"].astype(float).mask(frame.index.isin(hidden)))
        widths.append(narrowest(told, frame))
    with capsys.disabled():
        print(f"\nnarrowest range of a hidden cell in {len(widths)} tables: {min(widths):.6g}")
    assert min(widths) >= 10 - 1e-6


def suppressed(seed: int, ways: int) -> tuple[pd.DataFrame, set[int]]:
    """A random table of so many ways with all its totals, and the rows that are hidden."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.8, rng.choice([5, 30, 120]), rng.integers(2, 5, size=ways)))
    frame = tidy(counts)
    names = tuple(name for name in frame if name != "n")
    shape = Shape("t", names, ("n",), totals=dict.fromkeys(names, WHOLE))
    return frame, {row for row, _ in hide_counts(frame, shape, 10).places}


def test_counts_of_a_row_that_add_up_give_none_of_them_back() -> None:
    frame = pd.DataFrame({"area": ["x", "y"], "n_a": [4, 30], "n_b": [40, 50], "n": [44, 80]})
    found = hide_counts(frame, Shape("t", ("area",), ("n_a", "n_b", "n")), 10)
    assert {column for row, column in found.places if row == 0} >= {"n_a"}
    assert len({column for row, column in found.places if row == 0}) >= 2


def test_answers_do_not_give_each_other_back_with_their_base() -> None:
    frame = pd.DataFrame({"answer": ["yes", "no", "perhaps"], "n": [4, 90, 60], "base": [154] * 3})
    found = hide_counts(frame, Shape("t", ("answer",), ("n", "base")), 10)
    assert (0, "n") in found.places
    assert len(found.places) > 1


def test_a_share_that_means_few_goes_and_its_count_stays() -> None:
    frame = pd.DataFrame({"area": ["x", "y"], "n": [100, 100], "share": [0.96, 0.5]})
    found = hide_counts(frame, Shape("t", ("area",), ("n",), shares={"share": "n"}), 10)
    assert found.places == {(0, "share yes"), (0, "share no")}


def released(frame: pd.DataFrame, shape: Shape = ARMS) -> Ledger:
    return Ledger([hide_counts(frame, shape, 10).released])


def rows(frame: pd.DataFrame, ledger: Ledger, shape: Shape = ARMS) -> set[int]:
    return {row for row, _ in hide_counts(frame, shape, 10, ledger).places}


FULL = table({"x": [40, 50, 60], "y": [70, 44, 30], "z": [33, 21, 80]})


def test_the_same_table_again_is_the_same_table() -> None:
    few = with_totals(table({"x": [7, 50, 60], "y": [70, 44, 30], "z": [33, 21, 80]}))
    first = hide_counts(few, ARMS, 10)
    again = hide_counts(few, ARMS, 10, Ledger([first.released]))
    assert first.places == again.places
    assert first.released == again.released


def test_a_cell_that_differs_by_few_is_hidden_and_its_total_too() -> None:
    less = FULL.assign(n=FULL["n"].where(FULL.index != 0, 37))
    hidden = rows(with_totals(less), released(with_totals(FULL)))
    assert {0, 9} <= hidden


def test_a_difference_of_many_is_none() -> None:
    less = FULL.assign(n=FULL["n"].where(FULL.index != 0, 25))
    assert rows(with_totals(less), released(with_totals(FULL))) == set()


def test_a_subset_that_leaves_few_out_is_caught() -> None:
    part = Shape("answers", ("area", "arm"), ("n",), fixed={"age": "under 90"})
    subset = FULL.assign(n=FULL["n"].where(FULL.index != 4, 41))
    assert 4 in rows(subset, released(FULL), part)


def test_the_whole_after_a_part_is_caught() -> None:
    part = Shape("answers", ("area", "arm"), ("n",), fixed={"age": "under 90"})
    subset = FULL.assign(n=FULL["n"].where(FULL.index != 4, 41))
    assert 4 in rows(FULL, released(subset, part))


def test_parts_without_a_total_do_not_differ_from_the_total_that_left() -> None:
    """Three answers of 20, 33 and 7; their total of 60 has left, so one hidden would be known."""
    whole = pd.DataFrame({"area": ["x"], "n": [60]})
    parts = pd.DataFrame({"area": ["x"] * 3, "answer": list("abc"), "n": [9, 33, 18]})
    ledger = released(whole, Shape("answers", ("area",), ("n",)))
    hidden = rows(parts, ledger, Shape("answers", ("area", "answer"), ("n",)))
    assert 0 in hidden
    assert len(hidden) > 1


def test_parts_whose_sum_differs_from_the_total_that_left_are_guarded() -> None:
    whole = pd.DataFrame({"area": ["x"], "n": [64]})
    parts = pd.DataFrame({"area": ["x"] * 3, "answer": list("abc"), "n": [20, 22, 18]})
    ledger = released(whole, Shape("answers", ("area",), ("n",)))
    assert rows(parts, ledger, Shape("answers", ("area", "answer"), ("n",)))


def test_what_was_suppressed_stays_so() -> None:
    few = with_totals(table({"x": [7, 50, 60], "y": [70, 44, 30], "z": [33, 21, 80]}))
    first = hide_counts(few, ARMS, 10)
    alone = few.iloc[[row for row, _ in first.places]].reset_index(drop=True)
    assert rows(alone, Ledger([first.released])) == set(range(len(alone)))


def test_another_question_is_another_table() -> None:
    asked = Shape("answers", ("area", "arm"), ("n",), fixed={"wave": "1"})
    later = Shape("answers", ("area", "arm"), ("n",), fixed={"wave": "2"})
    less = FULL.assign(n=FULL["n"] - 3)
    assert rows(less, released(FULL, asked), later) == set()


@pytest.mark.parametrize("pairs", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_every_differencing_pair_is_caught(pairs: int) -> None:
    """Two tables whose samples differ by 1 to 9 respondents never both show where."""
    rng = np.random.default_rng(0)
    caught = [differencing_pair(rng) for _ in range(pairs)]
    assert sum(caught) == pairs, f"{sum(caught)} of {pairs}"


def differencing_pair(rng: np.random.Generator) -> bool:
    """Make a table and one of a sample without 1 to 9 of its respondents, in one of four ways."""
    people = pd.DataFrame(
        {"area": rng.choice(list("wxyz"), 600), "arm": rng.choice(list("012"), 600)}
    )
    gone = rng.choice(len(people), rng.integers(1, 10), replace=False)
    fewer = people.drop(index=gone)
    way = rng.integers(4)
    first, second = (people, fewer) if rng.random() < 0.5 else (fewer, people)
    shapes = [ARMS, ARMS]
    if way == 1:  # one of the two says that it is a part
        part = Shape("answers", ("area", "arm"), ("n",), totals={"area": "pooled"},
                     fixed={"age": "under 90"})  # fmt: skip
        shapes = [part if people is fewer else ARMS for people in (first, second)]
    tables = [_count(p, ["area", "arm"]) for p in (first, second)]
    if way == 2:  # the second is coarser
        tables[1] = _count(second, ["area"])
        shapes[1] = Shape("answers", ("area",), ("n",), totals={"area": "pooled"})
    if way == 3:  # the second is finer, and has no totals
        tables[0] = _count(first, ["area"])
        shapes[0] = Shape("answers", ("area",), ("n",), totals={"area": "pooled"})
        tables[1] = _count(second, ["area", "arm"])[lambda t: t["area"] != "pooled"]
    ledger = Ledger([hide_counts(tables[0], shapes[0], 10).released])
    found = hide_counts(tables[1].reset_index(drop=True), shapes[1], 10, ledger)
    return not _differ(ledger_cells(tables[0], shapes[0]), found.released)


def _count(people: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    cells = people.groupby(by).size().rename("n").reset_index()
    others = [name for name in by if name != "area"]
    if others:
        whole = people.groupby(others).size().rename("n").reset_index()
    else:
        whole = pd.DataFrame({"n": [len(people)]})
    return pd.concat([cells, whole.assign(area="pooled")], ignore_index=True)


def ledger_cells(frame: pd.DataFrame, shape: Shape) -> dict[frozenset, float]:
    """What a reader of the first table can add up: its cells and all their sums."""
    return _sums(hide_counts(frame, shape, 10).released)


def _sums(released) -> dict[frozenset, float]:
    found: dict[frozenset, float] = {}
    cells = {key.conditions - {("age", "under 90")}: n for key, n in released.items()}
    names = sorted({name for conditions in cells for name, _ in conditions})
    finest = {c: n for c, n in cells.items() if len(c) == len(names)}
    for size in range(2 ** len(names)):
        kept = {name for i, name in enumerate(names) if size >> i & 1}
        groups: dict[frozenset, list] = {}
        for conditions, n in finest.items():
            groups.setdefault(frozenset(p for p in conditions if p[0] in kept), []).append(n)
        found |= {c: sum(ns) for c, ns in groups.items() if None not in ns}
    return found | {c: n for c, n in cells.items() if n is not None}


def _differ(first: dict[frozenset, float], second) -> bool:
    """Say whether the two show, or let be added up, the same cell with a difference of 1 to 9."""
    other = _sums(second)
    return any(0 < abs(n - other[c]) < 10 for c, n in first.items() if c in other)


def test_contrasts_count_other_arms_unless_arms_are_counted_apart() -> None:
    """n of a contrast is of the arms it compares, so two contrasts are two samples."""
    frame = pd.DataFrame({"area": ["x", "y"], "contrast": "A alone", "n": [100, 120]})
    other = frame.assign(contrast="B alone", n=[103, 120])
    shape = Shape("effects", ("area", "contrast"), ("n",))
    assert rows(other, released(frame, shape), shape) == set()
    apart = Shape("effects", ("area", "contrast"), ("n_A",))
    frame, other = (f.rename(columns={"n": "n_A"}) for f in (frame, other))
    assert rows(other, released(frame, apart), apart) == {0}
