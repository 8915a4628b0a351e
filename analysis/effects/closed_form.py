"""One contrast from counted cells: estimate, HC2 error, degrees of freedom, interval."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.special import stdtr, stdtrit  # scipy.stats takes two seconds longer to import

from ..arms import Cells
from ..design import Contrast
from .clustered import Shares, cr2

SMALL_CELL = 20  # below this the t distribution's degrees of freedom are Satterthwaite's

Row = dict[str, Any]


def estimate(
    cells: Cells,
    areas: Any,
    contrast: Contrast,
    arms: Sequence[str],
    shares: Shares | None = None,
) -> Row:
    """Estimate a contrast over blocks; those with an arm of fewer than 2 answers are dropped.

    With the clusters' `shares` of the same blocks its error is CR2's.
    """
    weights = np.asarray(contrast.weights, dtype=np.float64)
    used = weights != 0
    kept = (cells.n[:, used] >= 2).all(axis=1)
    dropped = sorted({str(name) for name in areas[~kept]})
    whole, cells = cells, cells.of(np.flatnonzero(kept))
    if shares is not None and not kept.all():
        shares = shares.of(np.flatnonzero(kept))
    with np.errstate(over="ignore", invalid="ignore"):
        few = nothing("an arm has fewer than 2 answers")
        row = _closed_form(cells, weights, used, shares) if kept.any() else few
    if _too_large(row):
        row = nothing("the numbers are too large")
    smallest = int(cells.n[:, used].sum(axis=0).min()) if kept.any() else 0
    return {
        **describe(cells if kept.any() else whole, arms),
        "smallest_cell": smallest,
        **row,
        "dropped_areas": ", ".join(dropped),
    }


def inference(value: float, error: float, df: float) -> Row:
    """Interval, p and detectable effect of an estimate that is t-distributed with `df`.

    `mde_80` is (t.975 + t.80)·error, the effect found 4 times in 5, unadjusted for multiplicity.
    """
    reach = float(stdtrit(df, 0.975))
    return {
        "ci_low": value - reach * error,
        "ci_high": value + reach * error,
        "p_value": float(2 * stdtr(df, -abs(value / error))),
        "mde_80": (reach + float(stdtrit(df, 0.8))) * error,
    }


def describe(cells: Cells, arms: Sequence[str]) -> Row:
    """Count answers, and those missing, by arm."""
    n, missing = cells.n.sum(axis=0), cells.missing.sum(axis=0)
    return {
        **{f"n_{arm}": int(k) for arm, k in zip(arms, n, strict=True)},
        **{f"missing_{arm}": int(k) for arm, k in zip(arms, missing, strict=True)},
    }


def _too_large(row: Row) -> bool:
    lost = not row["note"] and np.isnan([row["df"], row["p_value"]]).any()
    return bool(lost or np.isinf([v for v in row.values() if isinstance(v, float)]).any())


def _closed_form(cells: Cells, weights: Any, used: Any, shares: Shares | None) -> Row:
    share = cells.n.sum(axis=1) / cells.n.sum()
    value = float(share @ (cells.mean[:, used] @ weights[used]))
    before = control(cells)
    error, df, method = _error(cells, share, weights, used, shares)
    if not error > 0 or not df > 0:
        return {**nothing("within each arm every answer is the same"), **before}
    return {
        **before,
        "estimator": "difference in means",
        "adjusted": False,
        "estimate": value,
        "std_error": error,
        "df": df,
        "df_method": method,
        **inference(value, error, df),
        "std_effect": value / before["control_sd"] if before["control_sd"] else np.nan,
        "note": "",
    }


def _error(
    cells: Cells, share: Any, weights: Any, used: Any, shares: Shares | None
) -> tuple[float, float, str]:
    c, n = weights[used], cells.n[:, used]
    parts = share[:, None] ** 2 * c**2 * cells.var[:, used] / n
    if shares is None:
        df, method = (0.0, "") if not parts.any() else _degrees(cells, parts, n)
        return float(np.sqrt(parts.sum())), df, method
    if not parts.any():
        return 0.0, 0.0, ""
    one = share[:, None] * weights / np.maximum(cells.n, 1)
    return *cr2(shares, cells, one), "CR2, Satterthwaite"


def _degrees(cells: Cells, parts: Any, n: Any) -> tuple[float, str]:
    if n.sum(axis=0).min() < SMALL_CELL:
        return float(parts.sum() ** 2 / (parts**2 / (n - 1)).sum()), "Satterthwaite"
    return float(cells.n.sum() - (cells.n > 0).sum()), "N - arms x blocks"


def control(cells: Cells) -> Row:
    """Mean and pooled within-block SD of the control arm, the first of the design."""
    n = cells.n[:, 0]
    some, many = n > 0, n > 1
    mean = np.average(cells.mean[some, 0], weights=n[some]) if some.any() else np.nan
    var = np.average(cells.var[many, 0], weights=n[many] - 1) if many.any() else np.nan
    return {"control_mean": float(mean), "control_sd": float(np.sqrt(var))}


def nothing(note: str) -> Row:
    """The columns of an estimate that there is not, and why."""
    numbers = ("control_mean", "control_sd", "estimate", "std_error", "df", "ci_low", "ci_high")
    return {
        **dict.fromkeys((*numbers, "p_value", "std_effect", "mde_80"), np.nan),
        "estimator": "difference in means",
        "adjusted": False,
        "df_method": "",
        "note": note,
    }
