"""Effects weighted to the population, beside those of the sample."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..arms import Cells, count_cells
from ..blocks import POOLED, Blocks, check_contrasts, check_frame, floats, read_blocks
from ..design import Contrast, Design, Outcome
from ..errors import BadInput
from ..weights import Sample, weighted_difference
from .closed_form import Row, control, describe, inference, nothing

ESTIMATOR = "weighted difference in means"


def weighted_effects(
    frame: pd.DataFrame, design: Design, contrasts: Sequence[Contrast] | None = None
) -> pd.DataFrame:
    """Estimate every contrast of every outcome with the design's survey weight.

    Parameters
    ----------
    frame : DataFrame (rows,)
    design : Design
        Its `weight` is a column of numbers above 0; where it has a cluster, clusters are the
        primary sampling units.

    Returns
    -------
    DataFrame
        As `estimate_effects` up to `p_value`, then `std_effect, mde_80, note, dropped_areas`.

    Raises
    ------
    BadInput
        As `estimate_effects`; the design has no weight, or a weight is missing or not above 0.

    Notes
    -----
    In an area, the difference of weighted means with a Taylor-linearised error, all of the area's
    respondents its one stratum. Pooled, each area weighs as its respondents' weights add up to;
    df is the sum of the areas'. The unweighted effect, of the people who answered, is primary.
    """
    outcomes, chosen = check_frame(frame, design), check_contrasts(contrasts, design)
    if design.weight is None:
        raise BadInput("These answers have no weight, so there are no weighted effects.")
    if not (floats(frame[design.weight]) > 0).all():
        raise BadInput(f"Every weight in “{design.weight}” must be a number above 0.")
    rows = [
        row
        for blocks in read_blocks(frame, design)
        for outcome in outcomes
        for contrast in chosen
        for row in _places(blocks, design, outcome, contrast)
    ]
    return pd.DataFrame(rows)


def _places(blocks: Blocks, design: Design, outcome: Outcome, contrast: Contrast) -> list[Row]:
    shape = (len(blocks.areas), len(design.arms))
    cells = count_cells(blocks.block, blocks.arm, floats(blocks.frame[outcome.values]), shape)
    alone, rows = {}, []
    for area, members in blocks.places():
        here = cells.of(members)
        if area != POOLED:
            part = blocks.frame[np.isin(blocks.block, members)]
            alone[area] = _area(part, design, outcome, contrast, here)
            row = alone[area]
        else:
            row = _together(alone, here)
        rows.append(_head(blocks, outcome, area, contrast, design, here) | row)
    return rows


def _head(
    blocks: Blocks, outcome: Outcome, area: str, contrast: Contrast, design: Design, cells: Cells
) -> Row:
    used = np.asarray(contrast.weights) != 0
    return {
        "wave": blocks.wave,
        "area": area,
        "issue": outcome.issue,
        "outcome": outcome.key,
        "measure": outcome.measure,
        "scale": outcome.scale,
        "contrast": contrast.name,
        **describe(cells, design.arms),
        "smallest_cell": int(cells.n[:, used].sum(axis=0).min()),
    }


def _area(
    part: pd.DataFrame, design: Design, outcome: Outcome, contrast: Contrast, cells: Cells
) -> Row:
    pairs = [(a, w) for a, w in zip(design.arms, contrast.weights, strict=True) if w]
    used = np.asarray(contrast.weights) != 0
    size = float(part.loc[part[outcome.values].notna(), design.weight].sum())
    if (cells.n[:, used].sum(axis=0) < 2).any():
        few = nothing("an arm has fewer than 2 answers")
        return {**few, "estimator": ESTIMATOR, "dropped_areas": "", "_size": size}
    sample = Sample(str(design.weight), psu=design.cluster)
    found = weighted_difference(part, sample, outcome.values, design.arm, pairs)
    return _row(found.estimate, found.std_error, float(found.df), cells) | {"_size": size}


def _row(value: float, error: float, df: float, cells: Cells) -> Row:
    before = control(cells)
    if not error > 0 or not df > 0:
        same = nothing("within each arm every answer is the same")
        return {**same, **before, "estimator": ESTIMATOR, "dropped_areas": ""}
    spread = before["control_sd"]
    return {
        **before,
        "estimator": ESTIMATOR,
        "adjusted": False,
        "estimate": value,
        "std_error": error,
        "df": df,
        "df_method": "units - strata",
        **inference(value, error, df),
        "std_effect": value / spread if spread else np.nan,
        "note": "",
        "dropped_areas": "",
    }


def _together(alone: dict[str, Row], cells: Cells) -> Row:
    kept = {area: row for area, row in alone.items() if not np.isnan(row["estimate"])}
    dropped = ", ".join(sorted(set(alone) - set(kept)))
    if not kept:
        few = nothing("no area has an estimate")
        return {**few, "estimator": ESTIMATOR, "dropped_areas": dropped}
    names = ("_size", "estimate", "std_error", "df")
    numbers: Any = np.asarray([[row[name] for name in names] for row in kept.values()]).T
    size, value, error, df = numbers
    share = size / size.sum()
    whole = float(np.sqrt((share**2) @ (error**2)))
    return {**_row(float(share @ value), whole, float(df.sum()), cells), "dropped_areas": dropped}
