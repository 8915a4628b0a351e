"""Describe answers: how many, how many missing, mean and spread, by area and arm."""

import pandas as pd

from .design import Design, Outcome


def describe_outcome(
    frame: pd.DataFrame, design: Design, outcome: Outcome, area: str | None = None
) -> pd.DataFrame:
    """Count one outcome by area and arm.

    Returns
    -------
    DataFrame
        area, arm, respondents, answered, missing, mean, sd (n − 1), in the order of the arms;
        respondents who were not allocated to an arm are left out.
    """
    used = frame[frame[design.arm].notna() & frame[design.area].notna()]
    if area is not None:
        used = used[used[design.area] == area]
    arm = pd.Categorical(used[design.arm], categories=list(design.arms), ordered=True)
    values = used[outcome.values].groupby([used[design.area], arm], observed=False, sort=True)
    table = values.agg(respondents="size", answered="count", mean="mean", sd="std")
    table["missing"] = table["respondents"] - table["answered"]
    table.index.names = ["area", "arm"]
    return table.reset_index()[["area", "arm", "respondents", "answered", "missing", "mean", "sd"]]
