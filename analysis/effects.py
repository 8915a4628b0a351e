"""Effects in closed form: differences in means with HC2 errors, per area and pooled."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit  # scipy.stats takes two seconds longer to import

from .arms import Cells, Counts, Floats, count_cells
from .design import Contrast, Design, Outcome
from .errors import BadInput

POOLED = "pooled"
SMALL_CELL = 20  # below this the t distribution's degrees of freedom are Satterthwaite's

Row = dict[str, Any]


def estimate_effects(
    frame: pd.DataFrame,
    design: Design,
    contrasts: Sequence[Contrast] | None = None,
    draws: int = 0,
    seed: int = 0,
) -> pd.DataFrame:
    """Estimate every contrast of every outcome, by area and pooled over areas.

    Parameters
    ----------
    frame : DataFrame
        One row a respondent; a row without area or arm takes no part.
    design : Design
    contrasts : sequence of Contrast, optional
        Default: the design's own.
    draws, seed : int
        For randomisation inference, which is not there yet: only ``draws=0`` is taken, and
        `seed` then has nothing to do.

    Returns
    -------
    DataFrame
        One row per wave x area x outcome x contrast, in the outcome's unit; `note` says why an
        estimate is absent, `dropped_areas` names blocks with an arm of fewer than 2 answers.

    Raises
    ------
    BadInput
        A column is absent, an arm is unknown, values are not numbers, nobody has both area and
        arm, or no outcome can have responded to a nudge (asked before it, or about the past).

    Notes
    -----
    With arm means m, variances s² and sizes n the estimate is Σc·m and its HC2 variance
    Σc²·s²/n (Samii and Aronow 2012). Pooled over blocks: Σw·estimate and Σw²·variance, w the
    block's share of respondents; df = N − arms·blocks as in R's estimatr, Satterthwaite's where
    an arm used has fewer than 20 answers.
    """
    if draws:
        raise BadInput("Randomisation inference is not there yet; ask for draws=0.")
    outcomes = _check(frame, design)
    contrasts = list(contrasts) if contrasts is not None else design.contrasts()
    for contrast in contrasts:
        if len(contrast.weights) != len(design.arms):
            raise BadInput(
                f"The contrast “{contrast.name}” has {len(contrast.weights)} weights; "
                f"the design has {len(design.arms)} arms."
            )
    used = frame[frame[design.area].notna() & frame[design.arm].notna()]
    if used.empty:
        raise BadInput("Nobody here has both an area and an arm, so there is nothing to estimate.")
    rows = [
        row
        for wave, part in _waves(used, design)
        for row in _rows(wave, part, design, outcomes, contrasts)
    ]
    return pd.DataFrame(rows)


def _check(frame: pd.DataFrame, design: Design) -> list[Outcome]:
    outcomes = [outcome for outcome in design.outcomes if outcome.can_respond]
    if not outcomes:
        raise BadInput(
            "No outcome can have responded to a nudge: "
            "each was asked before it or refers to the past."
        )
    needed = [design.area, design.arm, *design.strata, *(o.values for o in outcomes)]
    needed += [design.wave] if design.wave else []
    absent = [name for name in needed if name not in frame.columns]
    if absent:
        raise BadInput(
            f"There is no column “{absent[0]}”; there are: {', '.join(map(str, frame.columns))}."
        )
    unknown = set(frame[design.arm].dropna().astype(str)) - set(design.arms)
    if unknown:
        raise BadInput(
            f"“{min(unknown)}” is not an arm of the design; its arms are: {', '.join(design.arms)}."
        )
    if (frame[design.area].astype(str) == POOLED).any():
        raise BadInput(f"An area cannot be called “{POOLED}”, which names all areas together.")
    for outcome in outcomes:
        values = frame[outcome.values]
        if not pd.api.types.is_numeric_dtype(values) and values.notna().any():
            raise BadInput(
                f"The column “{outcome.values}” of the outcome “{outcome.key}” holds text; "
                "give numbers, or recode its labels."
            )
        if np.isinf(_floats(values)).any():
            raise BadInput(f"The column “{outcome.values}” holds infinity, which is no answer.")
    return outcomes


def _floats(values: "pd.Series[Any]") -> Floats:
    return values.to_numpy(dtype=np.float64, na_value=np.nan)


def _waves(frame: pd.DataFrame, design: Design) -> Iterator[tuple[Any, pd.DataFrame]]:
    if design.wave is None:
        yield None, frame
    else:
        yield from frame.groupby(design.wave, sort=True)


def _rows(
    wave: Any,
    frame: pd.DataFrame,
    design: Design,
    outcomes: list[Outcome],
    contrasts: list[Contrast],
) -> Iterator[Row]:
    arm = pd.Categorical(frame[design.arm].astype(str), categories=list(design.arms))
    keys = list(dict.fromkeys([design.area, *design.strata]))
    groups = frame.groupby(keys, sort=True, observed=True, dropna=False)
    blocks = np.asarray(groups.ngroup(), dtype=np.int64)
    first = np.unique(blocks, return_index=True)[1]
    areas = frame[design.area].astype(str).to_numpy(dtype=object)[first]
    shape = (len(areas), len(design.arms))
    codes = np.asarray(arm.codes, dtype=np.int64)
    for outcome in outcomes:
        cells = count_cells(blocks, codes, _floats(frame[outcome.values]), shape)
        for area, members in _places(areas):
            for contrast in contrasts:
                yield {
                    "wave": wave,
                    "area": area,
                    "issue": outcome.issue,
                    "outcome": outcome.key,
                    "measure": outcome.measure,
                    "scale": outcome.scale,
                    "contrast": contrast.name,
                    **_estimate(cells.of(members), areas[members], contrast, design.arms),
                }


def _places(areas: Any) -> Iterator[tuple[str, Counts]]:
    names = list(dict.fromkeys(areas))
    for name in names:
        yield name, np.flatnonzero(areas == name)
    if len(names) > 1:
        yield POOLED, np.arange(len(areas))


def _describe(cells: Cells, arms: Sequence[str]) -> Row:
    n, missing = cells.n.sum(axis=0), cells.missing.sum(axis=0)
    return {
        **{f"n_{arm}": int(k) for arm, k in zip(arms, n, strict=True)},
        **{f"missing_{arm}": int(k) for arm, k in zip(arms, missing, strict=True)},
    }


def _estimate(cells: Cells, areas: Any, contrast: Contrast, arms: Sequence[str]) -> Row:
    weights = np.asarray(contrast.weights, dtype=np.float64)
    used = weights != 0
    kept = (cells.n[:, used] >= 2).all(axis=1)
    dropped = sorted({str(name) for name in areas[~kept]})
    whole, cells = cells, cells.of(np.flatnonzero(kept))
    with np.errstate(over="ignore", invalid="ignore"):
        few = _nothing("an arm has fewer than 2 answers")
        row = _closed_form(cells, weights, used) if kept.any() else few
    if _too_large(row):
        row = _nothing("the numbers are too large")
    smallest = int(cells.n[:, used].sum(axis=0).min()) if kept.any() else 0
    return {
        **_describe(cells if kept.any() else whole, arms),
        "smallest_cell": smallest,
        **row,
        "dropped_areas": ", ".join(dropped),
    }


def _too_large(row: Row) -> bool:
    lost = not row["note"] and np.isnan([row["df"], row["p_value"]]).any()
    return bool(lost or np.isinf([v for v in row.values() if isinstance(v, float)]).any())


def _closed_form(cells: Cells, weights: Any, used: Any) -> Row:
    share = cells.n.sum(axis=1) / cells.n.sum()
    c, n = weights[used], cells.n[:, used]
    estimate = float(share @ (cells.mean[:, used] @ c))
    parts = share[:, None] ** 2 * c**2 * cells.var[:, used] / n
    error = float(np.sqrt(parts.sum()))
    control = _control(cells)
    if error == 0:
        return {**_nothing("within each arm every answer is the same"), **control}
    df, method = _degrees(cells, parts, n)
    reach = float(stdtrit(df, 0.975))
    return {
        **control,
        "estimator": "difference in means",
        "adjusted": False,
        "estimate": estimate,
        "std_error": error,
        "df": df,
        "df_method": method,
        "ci_low": estimate - reach * error,
        "ci_high": estimate + reach * error,
        "p_value": float(2 * stdtr(df, -abs(estimate / error))),
        "std_effect": estimate / control["control_sd"] if control["control_sd"] else np.nan,
        "mde_80": (reach + float(stdtrit(df, 0.8))) * error,
        "note": "",
    }


def _degrees(cells: Cells, parts: Any, n: Any) -> tuple[float, str]:
    if n.sum(axis=0).min() < SMALL_CELL:
        return float(parts.sum() ** 2 / (parts**2 / (n - 1)).sum()), "Satterthwaite"
    return float(cells.n.sum() - (cells.n > 0).sum()), "N - arms x blocks"


def _control(cells: Cells) -> Row:
    """Mean and pooled within-block SD of the control arm, the first of the design."""
    n = cells.n[:, 0]
    some, many = n > 0, n > 1
    mean = np.average(cells.mean[some, 0], weights=n[some]) if some.any() else np.nan
    var = np.average(cells.var[many, 0], weights=n[many] - 1) if many.any() else np.nan
    return {"control_mean": float(mean), "control_sd": float(np.sqrt(var))}


def _nothing(note: str) -> Row:
    numbers = ("estimate", "std_error", "df", "ci_low", "ci_high", "p_value", "std_effect")
    return {
        "control_mean": np.nan,
        "control_sd": np.nan,
        "estimator": "difference in means",
        "adjusted": False,
        **dict.fromkeys(numbers[:3], np.nan),
        "df_method": "",
        **dict.fromkeys((*numbers[3:], "mde_80"), np.nan),
        "note": note,
    }
