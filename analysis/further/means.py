"""Each arm by itself: how many answered, their mean, unweighted and weighted."""

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from ..blocks import POOLED, check_frame
from ..design import Design
from ..disclosure.dominance import dominated
from ..errors import BadInput
from ..missing import missing_shares
from ..weights import Sample, weighted_mean
from .rules import Case, Rules, case_of
from .tidy import effects_of

ALL = "all arms"
Row = dict[str, Any]


def arm_means(
    frame: pd.DataFrame, design: Design, outcome: str, rules: Rules | None = None
) -> pd.DataFrame:
    """Describe an outcome by area and arm, and over all arms.

    Returns
    -------
    DataFrame
        wave, area, outcome, arm, n, missing, mean, sd, std_error, ci_low, ci_high; weighted_mean,
        weighted_std_error (linearised; over areas, an area is a stratum) where the design has a
        weight; of hours also any (share), mean_if_any.
    """
    case = case_of(frame, design, outcome, design.contrasts()[0], rules or Rules())
    check_frame(case.frame, case.design)
    used = case.frame[case.frame[design.area].notna() & case.frame[design.arm].notna()]
    areas = list(dict.fromkeys(used[design.area].astype(str).sort_values(kind="stable")))
    places = [*areas, POOLED] if len(areas) > 1 else areas
    rows = []
    for area in places:
        part = used if area == POOLED else used[used[design.area].astype(str) == area]
        for arm in (*design.arms, ALL):
            names = {"wave": None, "area": area, "outcome": outcome, "arm": arm}
            rows.append({**names, **_described(part, case, arm, area == POOLED)})
    return pd.DataFrame(rows)


def missing_by_arm(
    frame: pd.DataFrame, design: Design, outcome: str, rules: Rules | None = None
) -> pd.DataFrame:
    """Count who did not answer by area and arm, and test that arms do not differ.

    Returns
    -------
    DataFrame
        wave, area, outcome, ``n_<arm>`` (answered), ``missing_<arm>``, ``missing_share_<arm>``;
        statistic, df, p_value of the test of `analysis.missing.missing_shares`, empty where
        everybody or nobody answered.
    """
    case = case_of(frame, design, outcome, design.contrasts()[0], rules or Rules())
    shares = missing_shares(case.frame, case.design)
    shares = shares.rename(columns={f"missing_{a}": f"missing_share_{a}" for a in design.arms})
    sizes = [f"{what}_{arm}" for what in ("n", "missing") for arm in design.arms]
    counts = effects_of(case)[["area", *sizes]]
    found = shares.merge(counts, on="area", validate="one_to_one")
    rest = [f"missing_share_{arm}" for arm in design.arms]
    return found[["wave", "area", "outcome", *sizes, *rest, "statistic", "df", "p_value"]]


def _described(part: pd.DataFrame, case: Case, arm: str, over_areas: bool) -> Row:
    here = (part[case.design.arm].astype(str) == arm) | (arm == ALL)
    values = part[case.outcome.values].astype(float).where(here)
    n, total = int(values.notna().sum()), int(here.sum())
    mean, sd = float(values.mean()), float(values.std()) if n > 1 else np.nan
    error = sd / np.sqrt(n) if n > 1 else np.nan
    reach = float(stdtrit(n - 1, 0.975)) * error if n > 1 else np.nan
    row: Row = {"n": n, "missing": total - n, "mean": mean, "sd": sd, "std_error": error}
    row |= {"ci_low": mean - reach, "ci_high": mean + reach}
    if case.outcome.scale == "hours":
        row |= {"any": float((values > 0).sum() / n) if n else np.nan}
        row |= {"mean_if_any": float(values.where(values > 0).mean())}
        row |= {"dominated": dominated(values)}
    return row | _weighed(part, case, values, over_areas)


def _weighed(part: pd.DataFrame, case: Case, values: "pd.Series[Any]", over_areas: bool) -> Row:
    """The mean in the population that the weights stand for; the arm is a domain of the sample."""
    design = case.design
    if design.weight is None:
        return {}
    table = part.assign(**{case.outcome.values: values})
    table = table[table[design.weight] > 0]
    sample = Sample(design.weight, design.area if over_areas else None, design.cluster)
    try:
        found = weighted_mean(table, sample, case.outcome.values)
    except BadInput:
        return {"weighted_mean": np.nan, "weighted_std_error": np.nan}
    return {"weighted_mean": found.estimate, "weighted_std_error": found.std_error}
