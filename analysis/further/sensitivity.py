"""The sensitivity panel: one contrast of one outcome by every estimator that answers to it."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from ..adjustment import adjusted_effects
from ..design import Contrast, Design
from ..effects.weighted import weighted_effects
from ..errors import BadInput
from ..hours import Cap
from ..inversion import randomisation_intervals
from ..missing import lee_bounds, manski_bounds, weighted_by_response
from .rules import GROUP_MEMBER, Case, Rules, as_numbers, case_of, members_of
from .tidy import Part, effects_of, tidy
from .words import OF_ALLOCATED

DRAWS = 2_000  # what a page can wait for
MOST = 50_000
ENDS = ("ci_low", "ci_high")


def sensitivity(
    frame: pd.DataFrame,
    design: Design,
    outcome: str,
    contrast: Contrast,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Estimate one contrast of one outcome by every estimator, by area and pooled.

    Parameters
    ----------
    frame : DataFrame
        One row a respondent; a column ``group_member`` marks who sat in a focus group.
    design : Design
    outcome : str
        The key of one of the design's outcomes.
    contrast : Contrast
    rules : Rules, optional

    Returns
    -------
    DataFrame
        One row per area and `analysis` (the names of `ESTIMANDS`), with the columns of
        `estimate_effects` that mean the same; `lower` and `upper` are bounds, which are no
        interval; `estimand` says in words what a row is an estimate of; `note` why it has none.

    Raises
    ------
    BadInput
        As `estimate_effects`; an outcome there is not.
    """
    case = case_of(frame, design, outcome, contrast, rules or Rules())
    clustered = design.cluster is not None
    kind = "CR2" if clustered else "HC2"
    parts: list[tuple[str, str, Part]] = [
        ("unadjusted", "difference in means, HC2", _unadjusted),
        ("clusters (CR2)", "difference in means, CR2", _clustered),
        ("redrawn allocation", f"difference in means, inverted test of {DRAWS:,} draws", _inverted),
        ("covariates (Lin)", f"Lin, {kind}", _lin),
        ("weighted", "weighted difference in means, linearised", _weighted),
        ("response weights", "inverse probability weights", _response),
        ("Manski bounds", "bounds", _manski),
        ("Lee bounds", "bounds", _lee),
        ("without group members", f"difference in means, {kind}", partial(_members, False)),
        ("with group members", f"difference in means, {kind}", partial(_members, True)),
    ]
    if case.outcome.scale in ("hours", "count") or case.rules.winsor is not None:
        parts.insert(4, ("winsorised", f"difference in means, {kind}", winsorised))
    found = tidy(case, parts)
    if case.rules.silent is not None:
        allocated = found["analysis"].map(OF_ALLOCATED)
        found["estimand"] = allocated.where(allocated.notna(), found["estimand"])
    return found


def _unadjusted(case: Case) -> pd.DataFrame:
    return effects_of(replace(case, design=replace(case.design, cluster=None)))


def _clustered(case: Case) -> pd.DataFrame:
    if case.design.cluster is None:
        raise BadInput("respondents were allocated one by one: no cluster is named")
    return effects_of(case)


def _inverted(case: Case) -> pd.DataFrame:
    """Every constant effect that the redrawn allocation does not reject, around the estimate."""
    if len(case.frame) > MOST:
        raise BadInput(
            f"over {MOST:,} respondents, which take too long here; "
            "analysis.inversion.randomisation_intervals does it"
        )
    found = randomisation_intervals(case.frame, _plain(case), [case.contrast], DRAWS)
    if found.empty:
        raise BadInput("no constant effect is tested by a contrast of more than two arms")
    known = found.merge(effects_of(case)[["area", "estimate", "note"]], on="area")
    known = known.rename(columns={"ri_low": "ci_low", "ri_high": "ci_high"})
    out = np.isinf(known["ci_low"]) | np.isinf(known["ci_high"])
    few = "too few arrangements to reject anything"
    known["note"] = known["note"].where(~out | (known["note"] != ""), few)
    return known.assign(**{name: known[name].where(~out) for name in ("estimate", *ENDS)})


def _lin(case: Case) -> pd.DataFrame:
    frame, columns = as_numbers(case.frame, case.covariates)
    design = replace(case.design, covariates=columns)
    found = adjusted_effects(frame, design, [case.contrast])
    return found[found["adjusted"]]


def winsorised(case: Case) -> pd.DataFrame:
    """The difference in means of answers cut at the planned quantile."""
    if case.rules.winsor is None:
        raise BadInput("the plan names no quantile at which this is cut")
    column, cap = case.outcome.values, Cap(quantile=case.rules.winsor)
    return effects_of(case, case.frame.assign(**{column: cap.apply(case.frame[column])}))


def _weighted(case: Case) -> pd.DataFrame:
    if case.design.weight is None:
        raise BadInput("the answers have no weight")
    return weighted_effects(case.frame, replace(case.design, covariates=()), [case.contrast])


def _response(case: Case) -> pd.DataFrame:
    frame, columns = as_numbers(case.frame, case.covariates)
    found = weighted_by_response(frame, replace(case.design, covariates=columns), [case.contrast])
    return found.assign(df_method="N - arms x blocks")


def _manski(case: Case) -> pd.DataFrame:
    if case.limits is None:
        raise BadInput("the least and greatest answer are not declared")
    limits = {case.outcome.key: case.limits}
    found = manski_bounds(case.everybody, _plain(case), limits, [case.contrast])
    return _bounds(found, "an arm has nobody")


def _lee(case: Case) -> pd.DataFrame:
    found = lee_bounds(case.everybody, _plain(case), [case.contrast])
    if found.empty:
        raise BadInput("they are of two arms, and this contrast has more")
    return _bounds(found, "an arm has fewer than 2 answers")


def _bounds(found: pd.DataFrame, why: str) -> pd.DataFrame:
    return found.assign(note=np.where(found["lower"].isna(), why, ""))


def _members(take: bool, case: Case) -> pd.DataFrame:
    if GROUP_MEMBER not in case.whole.columns:
        raise BadInput("no list says who sat in a focus group")
    members = members_of(case.whole)
    if not members.any():
        raise BadInput("nobody of these respondents sat in a focus group")
    return effects_of(case, case.whole if take else case.whole[~members])


def _plain(case: Case) -> Design:
    return replace(case.design, covariates=())
