"""Who acts neither way, alone, in groups or both: from items that no nudge can have touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..arms import Floats
from ..blocks import check_columns, check_numbers, floats
from ..design import Design, Outcome
from ..errors import BadInput
from ..survey_items import Item
from ..survey_tables import Sampling, tabulate

WAYS = ("neither", "alone", "groups", "both")
ALONE, GROUPS = "done_individually", "done_in_groups"
COLUMN = "acting"


@dataclass(frozen=True)
class Acting:
    """Ways of acting on one issue.

    Attributes
    ----------
    codes : array (rows,)
        A place in `WAYS`; NaN where an item was not answered, or the respondent does not count.
    population : str
        Who counts, in words.
    left_out : int
        Who answered and does not count, since a nudge came first.
    """

    issue: str
    items: tuple[str, str]
    codes: Floats
    population: str
    left_out: int


def acting(frame: pd.DataFrame, design: Design, issue: str) -> Acting:
    """Say of each respondent how they act on an issue.

    Items asked before the nudge count for everybody, those asked after it in the control arm only.

    Raises
    ------
    BadInput
        The issue lacks an item of doing alone or in groups, or one is no yes or no, number or
        hours.
    """
    alone, groups = (_item(design, issue, measure) for measure in (ALONE, GROUPS))
    did = [_done(frame, outcome) for outcome in (alone, groups)]
    codes = did[0] + 2 * did[1]
    if alone.asked == groups.asked == "before":
        return Acting(issue, (alone.key, groups.key), codes, "everybody, asked before the nudge", 0)
    check_columns(frame, [design.arm])
    control = (frame[design.arm] == design.arms[0]).to_numpy()
    left_out = int((~np.isnan(codes) & ~control).sum())
    words = f"the arm without a nudge ({design.arms[0]}), asked after it"
    kept = np.where(control, codes, np.nan)
    return Acting(issue, (alone.key, groups.key), kept, words, left_out)


def acting_table(
    frame: pd.DataFrame,
    design: Design,
    found: Acting,
    by: str = "area",
    sampling: Sampling | None = None,
    order: Sequence[str] = (),
    names: Mapping[Any, str] | None = None,
) -> pd.DataFrame:
    """Tabulate the ways of acting as `survey_table` does an item."""
    labels = {float(code): way for code, way in enumerate(WAYS)}
    item = Item(COLUMN, COLUMN, found.issue, "category", COLUMN, labels)
    told = frame.assign(**{COLUMN: found.codes})
    table = tabulate(told, design, [item], by, sampling, order, names)
    # Who does not count is not missing.
    return table[table["statistic"] != "missing"].reset_index(drop=True)


def issues_with_acting(design: Design) -> list[str]:
    """The issues that have both items."""
    asked = {(o.issue, o.measure) for o in design.outcomes}
    every = dict.fromkeys(o.issue for o in design.outcomes)
    return [i for i in every if (i, ALONE) in asked and (i, GROUPS) in asked]


def _item(design: Design, issue: str, measure: str) -> Outcome:
    found = [o for o in design.outcomes if o.issue == issue and o.measure == measure]
    if not found:
        raise BadInput(
            f"The issue “{issue[:80]}” has no item of the measure {measure}; who acts neither way, "
            f"alone, in groups or both needs {ALONE} and {GROUPS}."
        )
    return min(found, key=lambda o: o.asked != "before")


def _done(frame: pd.DataFrame, outcome: Outcome) -> Floats:
    if outcome.scale not in ("binary", "count", "hours"):
        raise BadInput(
            f"“{outcome.key}” is {outcome.scale}, which does not say whether somebody acts; recode "
            "it to 0 and 1 in the mapping."
        )
    check_columns(frame, [outcome.values])
    check_numbers(frame[outcome.values], f"of “{outcome.key}”")
    values = floats(frame[outcome.values])
    return np.where(np.isnan(values), np.nan, (values > 0).astype(np.float64))
