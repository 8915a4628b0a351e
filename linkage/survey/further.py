"""Estimators beside the differences in means, of a wave's stored answers, as its plan has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlite_utils import Database

from coding.errors import BadInput

from .asked import POOLED, Asked, choose

if TYPE_CHECKING:
    import pandas as pd

EVERY = "all"


def further(
    db: Database,
    what: str = "sensitivity",
    wave_key: str | None = None,
    outcome: str | None = None,
    contrast: str | None = None,
    area: str | None = None,
) -> pd.DataFrame:
    """Estimate one outcome of a wave in one contrast by the estimators of `WHAT`.

    Parameters
    ----------
    what : str
        One of `WHAT`.
    wave_key, outcome, contrast : str, optional
        Where absent: the latest wave with answers, its plan's primary outcome and contrast.
        Balance of acting takes ``all`` contrasts.
    area : str, optional
        The key of one area, or ``pooled``; every area and pooled where absent.

    Returns
    -------
    DataFrame
        As the functions of `analysis.further`, with `wave` and, for estimates, `planned`.

    Raises
    ------
    BadInput
        As `choose`; something else than `WHAT`, or an area without answers.
    """
    if what not in WHAT:
        raise BadInput(f"There is no “{what[:40]}” to estimate; there are: {', '.join(WHAT)}.")
    every = contrast == EVERY and what == "balance-of-acting"
    asked = choose(db, wave_key, outcome, None if every else contrast)
    return figures(asked, what, area, every=every, whole=outcome is None)


def figures(
    asked: Asked, what: str, area: str | None = None, *, every: bool = False, whole: bool = False
) -> pd.DataFrame:
    """Estimate what was chosen; `whole`: the balance of acting of every pair, not one outcome's."""
    if what == "balance-of-acting":
        found = balance_of_acting(asked, every=every, whole=whole)
    else:
        found = WHAT[what](asked)
    return _in_places(found.assign(wave=asked.wave["key"]), asked, area)


def sensitivity(asked: Asked) -> pd.DataFrame:
    """The contrast by every estimator: `analysis.further.sensitivity`."""
    from analysis.further import sensitivity as estimate

    return _planned(
        estimate(asked.frame, asked.design, asked.outcome.key, asked.contrast, asked.rules), asked
    )


def ordinal(asked: Asked) -> pd.DataFrame:
    """Mean difference, proportional odds, superiority: `analysis.further.ordinal_effects`."""
    from analysis.further import ordinal_effects

    return _planned(
        ordinal_effects(asked.frame, asked.design, asked.outcome.key, asked.contrast, asked.rules),
        asked,
    )


def shares(asked: Asked) -> pd.DataFrame:
    """Share of each answer by arm: `analysis.further.answer_shares`."""
    from analysis.further import answer_shares

    return answer_shares(asked.frame, asked.design, asked.outcome.key, asked.labels, asked.rules)


def hours(asked: Asked) -> pd.DataFrame:
    """Mean hours, any, cut as planned, if any: `analysis.further.hours_effects`."""
    from analysis.further import hours_effects

    return _planned(
        hours_effects(asked.frame, asked.design, asked.outcome.key, asked.contrast, asked.rules),
        asked,
    )


def hours_distribution(asked: Asked) -> pd.DataFrame:
    """Hours in bars by arm: `analysis.further.hours_distribution`."""
    from analysis.further import hours_distribution as count

    return count(asked.frame, asked.design, asked.outcome.key, asked.rules)


def balance_of_acting(asked: Asked, *, every: bool = False, whole: bool = False) -> pd.DataFrame:
    """Alone, with others and their difference: `analysis.further.acting_effects`.

    Of the outcome's pair; of all pairs where `whole`. With `every`, in each contrast.

    Raises BadInput where there is no such pair.
    """
    import pandas as pd

    from analysis.further import acting_effects

    pairs = asked.pairs if whole else [asked.pair] if asked.pair else []
    if not pairs:
        raise BadInput(
            "Nothing here asks the same of doing it alone and with others; measures such as "
            "hours_willing_alone and hours_willing_with_others of one issue make a pair."
        )
    contrasts = asked.design.contrasts() if every else [asked.contrast]
    parts = [
        acting_effects(asked.frame, asked.design, pair, contrasts, asked.rules)
        for pair in pairs
        if pair is not None
    ]
    return _planned(pd.concat(parts, ignore_index=True), asked)


def means(asked: Asked) -> pd.DataFrame:
    """Each arm by itself: `analysis.further.arm_means`."""
    from analysis.further import arm_means

    return arm_means(asked.frame, asked.design, asked.outcome.key, asked.rules)


def missing(asked: Asked) -> pd.DataFrame:
    """Missing answers by arm with a test: `analysis.further.missing_by_arm`."""
    from analysis.further import missing_by_arm

    return missing_by_arm(asked.frame, asked.design, asked.outcome.key, asked.rules)


WHAT: dict[str, Callable[[Asked], pd.DataFrame]] = {
    "sensitivity": sensitivity,
    "ordinal": ordinal,
    "shares": shares,
    "hours": hours,
    "hours-distribution": hours_distribution,
    "balance-of-acting": balance_of_acting,
    "means": means,
    "missing": missing,
}


def _planned(found: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Say of every row whether the plan holds it and announces its analysis."""
    from analysis.further import ANNOUNCED
    from analysis.plan.applying import with_planned

    plan, told = asked.plan, found["planned"].astype(object)
    for (name, key), part in found.groupby(["analysis", "outcome"], sort=False):
        further = ANNOUNCED.get(str(name), "")
        held = part
        if plan and " - " in str(key) and plan.outcome(str(key)) is None:
            # The difference of two planned outcomes is planned where that analysis is announced.
            held = part.assign(outcome=str(key).split(" - ", 1)[0])
            further = further or "individual and collective"
        says = with_planned(held, plan, further)["planned"].to_numpy()
        told.loc[part.index] = [_by_rule(str(name), asked) and one for one in says]
    return found.assign(planned=told if plan else None)


def _by_rule(name: str, asked: Asked) -> bool:
    """Whether what an analysis needs besides is planned: a quantile, or both ways of members."""
    plan = asked.plan
    if name == "winsorised":
        return asked.rules.winsor is not None
    if plan and name in ("without group members", "with group members"):
        way = "exclude" if name.startswith("without") else "include"
        return plan.group_members in ("both", way)
    return True


def _in_places(found: pd.DataFrame, asked: Asked, area: str | None) -> pd.DataFrame:
    """Rows in the study's order of areas, pooled last; or those of one place."""
    places = asked.places
    if area == POOLED and POOLED not in places:  # one area is all there is to pool
        return found.assign(area=POOLED)
    if area is not None:
        if area not in places:
            raise BadInput(f"There is no area “{area[:80]}” here; there are: {', '.join(places)}.")
        return found[found["area"] == area].reset_index(drop=True)
    order = [key for key in places if key != POOLED] + [POOLED]
    ranked = found.assign(_place=found["area"].map(order.index))
    return ranked.sort_values("_place", kind="stable").drop(columns="_place").reset_index(drop=True)
