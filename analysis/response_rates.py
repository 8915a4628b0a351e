"""How many answered of those allocated, by arm and area; and whether the arms differ in it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .blocks import POOLED
from .design import Design, Outcome
from .missing.shares import missing_shares

COLUMNS = [
    "area", "arm", "allocated", "responded", "response_rate", "answered", "item_rate", "reach",
]  # fmt: skip
_ASKED = [
    Outcome("responded", "", "responded", "binary"),
    Outcome("answered", "", "answered", "binary"),
]


def invited(frame: pd.DataFrame, allocation: pd.DataFrame | None, key: str) -> pd.DataFrame:
    """List everybody allocated, or everybody who responded where no allocation is stored.

    Parameters
    ----------
    frame : DataFrame
        Answers as `load_responses` gives them.
    allocation : DataFrame or None
        respondent, area, block, arm, as `stored_allocation` gives it.
    key : str
        The item whose answers are counted.

    Returns
    -------
    DataFrame
        respondent, area, block, arm, responded and answered (1, or NaN where not).
    """
    answers = frame[["respondent"]].assign(
        responded=1.0, answered=np.where(frame[key].notna(), 1.0, np.nan)
    )
    if allocation is None:
        placed = frame[["respondent", "area", "arm"]].assign(block="")
        placed = placed[placed["arm"].notna()]
    else:
        placed = allocation[["respondent", "area", "block", "arm"]]
        placed = placed[placed["area"].notna()]
    return placed.merge(answers, on="respondent", how="left").reset_index(drop=True)


def response_rates(people: pd.DataFrame, arms: Sequence[str], allocated: bool) -> pd.DataFrame:
    """Count by area and arm, then over all areas: allocated → responded → answered this item.

    Returns
    -------
    DataFrame
        area, arm (``all`` for all arms of an area), allocated, responded, response_rate (of the
        allocated), answered, item_rate (of the responded), reach (answered of the allocated).
        Without a stored allocation, what is a share of the allocated is NaN.
    """
    areas = list(dict.fromkeys(people["area"]))
    places = [(area, people[people["area"] == area]) for area in areas]
    if len(places) > 1:
        places.append((POOLED, people))
    rows = [
        [area, arm, *_counts(here if arm == "all" else here[here["arm"] == arm], allocated)]
        for area, here in places
        for arm in (*arms, "all")
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _counts(people: pd.DataFrame, allocated: bool) -> list[float]:
    n = len(people) if allocated else np.nan
    responded, answered = (int(people[name].count()) for name in ("responded", "answered"))
    return [
        n, responded, _share(responded, n), answered, _share(answered, responded),
        _share(answered, n),
    ]  # fmt: skip


def _share(part: float, whole: float) -> float:
    return part / whole if whole and whole == whole else np.nan


def response_tests(people: pd.DataFrame, arms: Sequence[str], allocated: bool) -> pd.DataFrame:
    """Test that arms do not differ in responding, and in answering this item, within blocks.

    Returns
    -------
    DataFrame
        area, stage (``responded``, ``answered``), statistic, df, p_value: the generalised
        Cochran–Mantel–Haenszel test of `missing_shares`. The base is the allocated, or without a
        stored allocation the respondents, of whom only ``answered`` can be tested. Empty where
        everybody, or nobody, answered.
    """
    asked = _ASKED if allocated else _ASKED[1:]
    columns = ["area", "stage", "statistic", "df", "p_value"]
    if people.empty:
        return pd.DataFrame(columns=columns)
    design = Design("area", "arm", asked, strata=("block",), arms=tuple(arms))
    found = missing_shares(people, design).rename(columns={"outcome": "stage"})
    return found.reindex(columns=columns)


def carried_over(
    earlier: pd.DataFrame, later: pd.DataFrame, arms: Sequence[str]
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Count who of an earlier wave's respondents answered again, by the arm they had then.

    Returns
    -------
    frame : DataFrame
        arm (``all`` last), before, again, share.
    test : dict
        statistic, df, p_value over areas, as `response_tests` has them.
    """
    here = earlier[earlier["arm"].notna()]
    back = here["respondent"].isin(later["respondent"]).to_numpy()
    rows = []
    for arm in (*arms, "all"):
        mine = np.ones(len(here), dtype=bool) if arm == "all" else (here["arm"] == arm).to_numpy()
        before, again = int(mine.sum()), int((mine & back).sum())
        rows.append([arm, before, again, _share(again, before)])
    people = here[["area", "arm"]].assign(block="", responded=np.where(back, 1.0, np.nan))
    tests = response_tests(people.assign(answered=people["responded"]), arms, allocated=True)
    last: list[Any] = tests[tests["stage"] == "responded"].tail(1).to_dict("records")
    return pd.DataFrame(rows, columns=["arm", "before", "again", "share"]), (last or [{}])[0]
