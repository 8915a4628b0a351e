"""Effects by the values of a covariate, with a test of whether they differ."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..blocks import check_columns, floats
from ..design import Contrast, Design
from ..errors import BadInput
from ..pooling import measure
from ..values import written
from .estimating import estimate_effects

MOST = 8  # values that each make a subgroup; more, of a number, are cut into thirds
LEAST = 2


def subgroup_effects(
    frame: pd.DataFrame,
    design: Design,
    column: str,
    contrasts: Sequence[Contrast] | None = None,
) -> pd.DataFrame:
    """Estimate every contrast of every outcome among the respondents of each value of a column.

    Parameters
    ----------
    frame : DataFrame (rows,)
    design : Design
    column : str
        Asked before the nudge. Each of its values makes a subgroup; a number with more than eight
        values is cut into thirds of the respondents.

    Returns
    -------
    DataFrame
        `subgroup` (the column) and `value`, then the columns of `estimate_effects`, without draws
        and families.

    Raises
    ------
    BadInput
        As `estimate_effects`; the column is absent or an outcome, has fewer than two values, or
        more than eight that are no numbers.

    Notes
    -----
    An effect in one subgroup that stands apart from zero while another's does not is no evidence
    that they differ: see `interaction_tests`.
    """
    check_columns(frame, [column])
    if column in {o.values for o in design.outcomes if o.can_respond}:
        raise BadInput(f"“{column}” is an outcome; subgroups are of what was asked before.")
    labels = _labels(frame[column])
    values = sorted(labels.dropna().unique(), key=_rank(labels, frame[column]))
    if len(values) < LEAST:
        raise BadInput(f"“{column}” has fewer than two values, so it makes no subgroups.")
    parts = [
        estimate_effects(part, design, contrasts, 0, families=())
        .assign(subgroup=column, value=value)
        for value in values
        for part in [frame[labels == value]]
        if part[design.arm].notna().any()
    ]  # fmt: skip
    found = pd.concat(parts, ignore_index=True)
    return found[["subgroup", "value", *found.columns.drop(["subgroup", "value"])]]


def interaction_tests(effects: pd.DataFrame) -> pd.DataFrame:
    """Test whether effects differ between subgroups, area by area and pooled.

    Parameters
    ----------
    effects : DataFrame
        Of `subgroup_effects`.

    Returns
    -------
    DataFrame
        subgroup, area, outcome, contrast, `groups` with an effect, `f`, `f_groups` and `f_df`, its
        degrees of freedom, `p_interaction`, and `note` where there is no test.

    Notes
    -----
    Respondents of different subgroups are different people, so their effects are independent but
    for clusters that lie in several subgroups. F is Cochran's Q over groups − 1 with the
    subgroups' own degrees of freedom together.
    """
    rows = []
    for keys, part in effects.groupby(["subgroup", "area", "outcome", "contrast"], sort=False):
        there = part[part["estimate"].notna()]
        numbers = there[["estimate", "std_error", "df"]].to_numpy(dtype=np.float64).T
        rows.append(
            dict(zip(["subgroup", "area", "outcome", "contrast"], keys, strict=True))
            | {"groups": len(there), **_tested(*numbers)}
        )
    return pd.DataFrame(rows)


def _tested(estimate: Any, error: Any, df: Any) -> dict[str, Any]:
    if len(estimate) < LEAST:
        empty = dict.fromkeys(("f", "f_groups", "f_df", "p_interaction"), np.nan)
        return {**empty, "note": "fewer than two subgroups have an effect"}
    found = measure(estimate, error, df)
    told = {"f": found.f, "f_groups": len(estimate) - 1, "f_df": found.f_df}
    return {**told, "p_interaction": found.f_p, "note": ""}


def _labels(values: "pd.Series[Any]") -> "pd.Series[Any]":
    distinct = values.dropna().nunique()
    if distinct <= MOST:
        return values.map(written, na_action="ignore")
    if not pd.api.types.is_numeric_dtype(values):
        raise BadInput(
            f"“{values.name}” has {distinct} values, too many for subgroups; "
            f"{MOST} are the most, unless they are numbers."
        )
    numbers = floats(values)
    low, high = np.nanquantile(numbers, [1 / 3, 2 / 3])
    names = [name for name, _ in _thirds(numbers, low, high)]
    which = np.where(numbers <= low, 0, np.where(numbers <= high, 1, 2))
    told = pd.Series([names[i] for i in which], index=values.index, name=values.name)
    return told.where(~np.isnan(numbers))


def _thirds(numbers: Any, low: float, high: float) -> Iterator[tuple[str, float]]:
    yield f"up to {low:g}", low
    middle = numbers[(numbers > low) & (numbers <= high)]
    between = f"{middle.min():g} to {high:g}" if len(middle) else f"above {low:g}"
    yield between, high
    yield f"above {high:g}", float(np.nanmax(numbers))


def _rank(labels: "pd.Series[Any]", values: "pd.Series[Any]") -> Any:
    """Order subgroups by the least of their numbers, or by their words."""
    if pd.api.types.is_numeric_dtype(values):
        least = values.groupby(labels).min().to_dict()
        return least.__getitem__
    return str
