"""A table by itself: what is emptied, and that no attack gives it back."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import Cells, feasible_ranges, protect, suppress
from analysis.disclosure.relations import as_matrix
from analysis.errors import BadInput

from .tables import as_tidy, narrowest, random_crosstab


def test_a_small_cell_goes_and_its_row_and_column_do_not_give_it_back() -> None:
    table = pd.DataFrame([[7, 50, 43], [60, 44, 30], [33, 21, 80]])
    table["All"] = table.sum(axis=1)
    table.loc["All"] = table.sum()
    told = suppress(table)
    assert np.isnan(told.loc[0, 0])
    assert told.isna().sum(axis=1).drop("All").replace(0, 2).min() >= 2
    assert told.isna().sum().drop("All").replace(0, 2).min() >= 2
    assert told["All"].notna().all()
    assert "fewer than 10 respondents" in told.attrs["notes"][0]


def test_a_table_of_enough_everywhere_is_left_as_it_is() -> None:
    table = pd.DataFrame({"x": [10, 20], "y": [30, 40]})
    pd.testing.assert_frame_equal(suppress(table), table)


def test_zero_is_too_few_unless_nobody_can_be_there() -> None:
    table = pd.DataFrame({"x": [0, 20, 31], "y": [30, 40, 25], "z": [22, 19, 40]})
    assert np.isnan(suppress(table).loc[0, "x"])
    pd.testing.assert_frame_equal(suppress(table, zeros=False), table)
    structural = table.astype(float).mask(table == 0)
    assert suppress(structural).isna().sum().sum() == 1


def test_two_hidden_cells_of_a_small_sum_are_not_enough() -> None:
    """3 and 4 in a row of a known total could be nothing but 0 to 7 each."""
    table = pd.DataFrame([[3, 4, 60, 70], [25, 31, 44, 52], [40, 50, 60, 70]])
    table["All"] = table.sum(axis=1)
    table.loc["All"] = table.sum()
    assert suppress(table).loc[0].isna().sum() >= 3


def test_the_threshold_is_a_choice() -> None:
    table = pd.DataFrame({"x": [4, 20], "y": [30, 40]})
    assert suppress(table, threshold=3).notna().all(axis=None)
    assert np.isnan(suppress(table, threshold=5).loc[0, "x"])


@pytest.mark.parametrize("wrong", [[[1.5, 2]], [[-1, 2]], [["a", "b"]], [[np.inf, 2]]])
def test_what_is_no_count_is_refused(wrong: list[list[object]]) -> None:
    with pytest.raises(BadInput, match="must hold"):
        suppress(pd.DataFrame(wrong))


def test_a_threshold_that_is_none_is_refused() -> None:
    with pytest.raises(BadInput, match="threshold"):
        suppress(pd.DataFrame({"x": [1]}), threshold=0)


def test_empty_tables_and_single_cells() -> None:
    assert suppress(pd.DataFrame()).empty
    assert suppress(pd.DataFrame({"x": [3]})).isna().all(axis=None)
    assert suppress(pd.DataFrame({"x": [30]})).notna().all(axis=None)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_no_attack_narrows_a_suppressed_cell_below_the_threshold(seed: int, bare: bool) -> None:
    """A bare table is attacked with its totals too, where they are not few themselves."""
    table = random_crosstab(np.random.default_rng(seed), margins=True)
    told = suppress(table.iloc[:-1, :-1] if bare else table)
    assert told.isna().to_numpy()[table.loc[told.index, told.columns].to_numpy() < 10].all()
    if not bare:
        assert narrowest(as_tidy(told), as_tidy(table)) >= 10 - 1e-6
    else:
        whole = suppress(table)
        pd.testing.assert_frame_equal(told.isna(), whole.iloc[:-1, :-1].isna())


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_known_is_never_counted_on(seed: int) -> None:
    """Cells that a reader has already do not move, and what cannot be kept is named."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 40, 6).astype(float)
    counts = np.append(counts, counts.sum())
    lines = as_matrix([(6, list(range(6)))], 7)
    fixed = rng.random(7) < 0.4
    primary = (counts < 10) & ~fixed
    hidden, exposed = protect(Cells(counts, lines, np.ones(7), fixed), primary, 10)
    assert not (hidden & fixed).any()
    ranges = feasible_ranges(counts, lines, hidden)
    narrow = ranges[:, 1] - ranges[:, 0] < 10 - 1e-6
    assert ((narrow & hidden) <= exposed).all()


def test_the_attack_itself_finds_what_can_be_found() -> None:
    """Of 7 + 8 = 15 either part can be 0 to 15; of a single hidden part all is known."""
    lines = as_matrix([(2, [0, 1])], 3)
    both = feasible_ranges([7, 8, 15], lines, [True, True, False])
    assert both.tolist() == [[0, 15], [0, 15], [15, 15]]
    one = feasible_ranges([7, 8, 15], lines, [True, False, False])
    assert one[0].tolist() == [7, 7]
    free = feasible_ranges([7, 8, 15], lines, [True, False, True])
    assert free[0].tolist() == [0, np.inf]
