"""How each table of the estimates is built, so that it can be controlled on its way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from linkage.releasing import Shape

ESTIMATES = (
    "estimate", "std_error", "df", "ci_low", "ci_high", "lower", "upper", "p_value",
    "smallest_cell",
)  # fmt: skip
EFFECTS, ARM = ("area", "outcome", "contrast", "analysis"), ("area", "outcome", "arm")
ODDS = ("odds_ratio", "log_likelihood", "lr_statistic", "lr_df", "lr_p")
TOTALS = {"area": "pooled"}


def shape_of(what: str, arms: Sequence[str], columns: Sequence[str]) -> Shape:
    """The shape of one of `linkage.survey.further.WHAT` with these columns."""
    shape = _shape(what, arms)
    return replace(shape, values=tuple(name for name in shape.values if name in columns))


def _shape(what: str, arms: Sequence[str]) -> Shape:
    counts = (*(f"n_{arm}" for arm in arms), *(f"missing_{arm}" for arm in arms))
    if what in ("sensitivity", "hours", "balance-of-acting", "ordinal"):
        more = ODDS if what == "ordinal" else ()
        return Shape(f"estimates: {what}", EFFECTS, counts, (*ESTIMATES, *more), TOTALS, "df")
    if what == "shares":
        return Shape("answers by arm", (*ARM, "value"), ("n",), ("share",), TOTALS)
    if what == "hours-distribution":
        return Shape("hours by arm", (*ARM, "low", "high"), ("n",), ("share",), TOTALS)
    if what == "means":
        every = {**TOTALS, "arm": "all arms"}
        return Shape("means by arm", ARM, ("n", "missing"), MEANS, every, dominated="dominated")
    values = (*(f"missing_share_{arm}" for arm in arms), "statistic", "p_value")
    return Shape("missing answers by arm", ("area", "outcome"), counts, values, TOTALS)


MEANS = (
    "mean", "sd", "std_error", "ci_low", "ci_high", "any", "mean_if_any",
    "weighted_mean", "weighted_std_error",
)  # fmt: skip
