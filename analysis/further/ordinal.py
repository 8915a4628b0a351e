"""An ordinal outcome: the mean difference, odds, and who answers higher."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ..design import Contrast, Design
from ..errors import BadInput
from ..ordinal import category_shares, odds_effects, superiority_effects
from .rules import Case, Rules, case_of
from .tidy import effects_of, tidy

MOST = 12  # different answers of what is still a scale of categories
SHARES = ["wave", "area", "outcome", "arm", "value", "label", "n", "answered", "share"]
ODDS = ("odds_ratio", "log_likelihood", "lr_statistic", "lr_df", "lr_p", "lr_converged")


def ordinal_effects(
    frame: pd.DataFrame,
    design: Design,
    outcome: str,
    contrast: Contrast,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Estimate one contrast of an ordered outcome in scale points, as odds and as superiority.

    Returns
    -------
    DataFrame
        The columns of `sensitivity`, and of the proportional-odds model odds_ratio,
        log_likelihood, and the likelihood-ratio test that its odds are proportional: lr_statistic,
        lr_df, lr_p, lr_converged.

    Raises
    ------
    BadInput
        As `sensitivity`; an outcome with more than 12 different answers.
    """
    case = case_of(frame, design, outcome, contrast, rules or Rules())
    kind = "CR2" if design.cluster is not None else "HC2"
    _check_few(case)
    parts = [
        ("mean difference", f"difference in means, {kind}", effects_of),
        ("proportional odds", "cumulative logit", _odds),
        ("superiority", "P(higher) + ½P(same)", _superiority),
        ("Cliff’s δ", "2 superiority − 1", _delta),
    ]
    return tidy(case, parts, more=ODDS)


def answer_shares(
    frame: pd.DataFrame,
    design: Design,
    outcome: str,
    labels: Mapping[float, str] | None = None,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Count each answer by area and arm.

    Returns wave, area, outcome, arm, value, label, n, answered and share. `labels` are the words
    of values; a value without one is written as its number.
    """
    case = case_of(frame, design, outcome, design.contrasts()[0], rules or Rules())
    _check_few(case)
    found = category_shares(case.frame, case.design, case.outcome)
    if found.empty:  # nobody answered at all
        return pd.DataFrame(columns=SHARES)
    words = [(labels or {}).get(value) or f"{value:g}" for value in found["value"]]
    return found.assign(outcome=outcome, label=words)[SHARES]


def _check_few(case: Case) -> None:
    values = case.frame[case.outcome.values]
    if not pd.api.types.is_numeric_dtype(values):
        raise BadInput(f"The outcome “{case.outcome.key}” holds text; recode its labels.")
    if values.nunique() > MOST:
        raise BadInput(
            f"“{case.outcome.key}” has {values.nunique():,} different answers; "
            f"shares and odds are of a scale of at most {MOST}."
        )


def _odds(case: Case) -> pd.DataFrame:
    found = odds_effects(case.frame, case.design, case.outcome, [case.contrast])
    found["note"] = found["note"].fillna("")
    unfit = found["lr_converged"].eq(False) if "lr_converged" in found else False
    warning = "the test of proportional odds did not converge: an arm lacks an end of the scale"
    told = np.where(unfit & found["note"].eq(""), warning, found["note"])
    return found.assign(note=[str(note).rstrip(".") for note in told])


def _superiority(case: Case) -> pd.DataFrame:
    found = superiority_effects(case.frame, case.design, case.outcome, case.contrast)
    found = found.rename(columns={"superiority": "estimate"})
    if "std_error" not in found:
        return found
    # Brunner and Munzel's, as a normal one: of neither arm answering higher.
    error = found["std_error"].where(found["std_error"] > 0)
    return found.assign(p_value=2 * ndtr(-np.abs(found["estimate"] - 0.5) / error))


def _delta(case: Case) -> pd.DataFrame:
    found = _superiority(case)
    if "std_error" not in found:
        return found
    ends = {name: 2 * found[name] - 1 for name in ("estimate", "ci_low", "ci_high")}
    return found.assign(**ends, std_error=2 * found["std_error"])
