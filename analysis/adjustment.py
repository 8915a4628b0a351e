"""Effects adjusted for covariates within area (Lin 2013), and with clustered errors (CR2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from .arms import Cells, Counts, Floats, count_cells
from .blocks import (
    Blocks,
    check_columns,
    check_contrasts,
    check_frame,
    check_numbers,
    floats,
    read_blocks,
    read_clusters,
)
from .cell_fits import CellFits, centre, fit_cells
from .design import Contrast, Design, Outcome
from .effects.closed_form import Row, control, describe, inference, nothing
from .errors import BadInput
from .regression import cr2_error, least_squares

ERRORS = ("HC2", "HC0", "CR2")
DEPENDENT = "in an arm the covariates depend on each other"
A_COVARIATE = 3  # answers a cell must have for each coefficient that is fitted in it


def adjusted_effects(
    frame: pd.DataFrame,
    design: Design,
    contrasts: Sequence[Contrast] | None = None,
    errors: str | None = None,
) -> pd.DataFrame:
    """Estimate contrasts unadjusted and adjusted for the design's covariates, side by side.

    Parameters
    ----------
    frame : DataFrame (rows,)
    design : Design
        Its covariates were asked before the nudge and are numbers; without any, only the
        unadjusted rows come.
    contrasts : sequence of Contrast, optional
    errors : {'HC2', 'HC0', 'CR2'}, optional
        CR2 where the design has a cluster, else HC2.

    Returns
    -------
    DataFrame
        As `estimate_effects` up to `p_value`, then `std_effect, mde_80, note, dropped_areas`;
        `adjusted` tells the two rows apart. `n_<arm>` are those with answer and covariates.

    Raises
    ------
    BadInput
        As `estimate_effects`; a covariate that is absent or no number; unknown errors.

    Notes
    -----
    Lin (Annals of Applied Statistics 2013): covariates centred within the block over all its
    arms, interacted with arm and block; df = N − coefficients. A block is refused where an arm
    of it has fewer than 3(q + 1) respondents, q the number of covariates, or where in an arm of it
    the covariates depend on each other. Both rows use the
    same respondents only where nobody misses a covariate. CR2: Bell and McCaffrey (2002).
    """
    outcomes, chosen = check_frame(frame, design), check_contrasts(contrasts, design)
    kind = errors or ("CR2" if design.cluster else "HC2")
    if kind not in ERRORS or (kind == "CR2" and design.cluster is None):
        raise BadInput("Errors are HC2, HC0, or CR2 where the design names a cluster.")
    check_columns(frame, design.covariates)
    for name in design.covariates:
        check_numbers(frame[name], "of covariates")
    sets: list[Sequence[str]] = [()] + ([design.covariates] if design.covariates else [])
    rows = [
        row
        for blocks in read_blocks(frame, design)
        for outcome in outcomes
        for row in _rows(_Data.read(blocks, design, outcome), sets, chosen, kind, design.arms)
    ]
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class _Data:
    """One outcome of one wave: arrays by respondent (rows,), covariates (rows, q)."""

    blocks: Blocks
    outcome: Outcome
    y: Floats
    covariates: Floats
    clusters: Counts
    block: Counts
    arm: Counts

    @staticmethod
    def read(blocks: Blocks, design: Design, outcome: Outcome) -> "_Data":
        frame = blocks.frame
        covariates = [floats(frame[name]) for name in design.covariates]
        return _Data(
            blocks,
            outcome,
            floats(frame[outcome.values]),
            np.column_stack(covariates) if covariates else np.zeros((len(frame), 0)),
            read_clusters(blocks, design.cluster),
            blocks.block,
            blocks.arm,
        )

    def without(self, keep: Any) -> "_Data":
        return replace(
            self,
            y=self.y[keep],
            covariates=self.covariates[keep],
            clusters=self.clusters[keep],
            block=self.block[keep],
            arm=self.arm[keep],
        )


def _rows(
    data: _Data, sets: list[Sequence[str]], contrasts: list[Contrast], kind: str, arms: Any
) -> Iterator[Row]:
    for area, members in data.blocks.places():
        for contrast in contrasts:
            for names in sets:
                here = data.without(np.isin(data.block, members))
                if not names:
                    here = replace(here, covariates=here.covariates[:, :0])
                yield {
                    "wave": data.blocks.wave,
                    "area": area,
                    "issue": data.outcome.issue,
                    "outcome": data.outcome.key,
                    "measure": data.outcome.measure,
                    "scale": data.outcome.scale,
                    "contrast": contrast.name,
                    **_estimate(here, contrast, kind, arms),
                }


def _estimate(data: _Data, contrast: Contrast, kind: str, arms: Any) -> Row:
    shape = (len(data.blocks.areas), len(arms))
    weights = np.asarray(contrast.weights, dtype=np.float64)
    q, there = data.covariates.shape[1], np.unique(data.block)
    answered = np.where(np.isnan(data.covariates).any(axis=1), np.nan, data.y)
    whole = count_cells(data.block, data.arm, answered, shape)
    least = A_COVARIATE * (q + 1) if q else 2
    kept = there[(whole.n[there][:, weights != 0] >= least).all(axis=1)]
    cells = whole.of(kept if len(kept) else there)
    full = data.without(~np.isnan(answered) & np.isin(data.block, kept))
    name = "Lin" if q else "difference in means"
    few = f"an arm has fewer than {least} answers" + (" for its covariates" if q else "")
    row = nothing(few)
    if len(kept):
        error = "HC2" if kind == "CR2" else kind
        fits = fit_cells(full.y, full.covariates, full.block, full.arm, shape, error)
        sound = ~np.isnan(fits.intercept[kept][:, weights != 0]).any(axis=1)
        kept, few = kept[sound], DEPENDENT
        if len(kept) and not sound.all():
            cells, full = whole.of(kept), full.without(np.isin(full.block, kept))
        row = nothing(few)
    if len(kept):
        clustered = kind == "CR2"
        row = (
            _fitted(full, cells, weights)
            if clustered
            else _combined(full, cells, fits, kept, weights, kind)
        )
    dropped = sorted({str(data.blocks.areas[b]) for b in set(there) - set(kept)})
    smallest = int(cells.n[:, weights != 0].sum(axis=0).min()) if len(kept) else 0
    head = {**describe(cells, arms), "smallest_cell": smallest}
    told = {"estimator": name, "adjusted": bool(q), "dropped_areas": ", ".join(dropped)}
    return {**head, **row, **told}


def _combined(
    data: _Data, cells: Cells, fits: CellFits, kept: Any, weights: Floats, kind: str
) -> Row:
    """Add up the cells' intercepts, each block by its share of respondents."""
    used, q = weights != 0, data.covariates.shape[1]
    share = cells.n.sum(axis=1) / cells.n.sum()
    value = float(share @ (fits.intercept[kept][:, used] @ weights[used]))
    parts = share[:, None] ** 2 * weights[used] ** 2 * fits.variance[kept][:, used]
    # An arm out of the contrast need not carry the covariates, so only without any it counts.
    n = cells.n[:, used] if q else cells.n
    df = float(n.sum() - (n > 0).sum() * (q + 1))
    largest = abs(data.y[used[data.arm]]).max(initial=0)
    method = f"N - coefficients, {kind}"
    return _row(cells, value, float(np.sqrt(parts.sum())), df, method, largest)


def _fitted(data: _Data, cells: Cells, weights: Floats) -> Row:
    """Fit every block and arm with covariates of its own; the contrast is of the intercepts."""
    x, which = _matrix(data, len(weights), (weights != 0) if data.covariates.shape[1] else None)
    fit = least_squares(x, data.y[which])
    if fit is None:
        return nothing(DEPENDENT)
    contrast = _contrast(data, weights, x.shape[1], which)
    value = float(contrast @ fit.beta)
    error, df = cr2_error(fit, contrast, data.clusters[which])
    largest = abs(data.y[which]).max(initial=0)
    return _row(cells, value, error, df, "CR2, Satterthwaite", largest)


def _row(cells: Cells, value: float, error: float, df: float, method: str, largest: float) -> Row:
    before = control(cells)
    if not error > 1e-12 * largest or not df > 0:
        return {**nothing("within each arm every answer is the same"), **before}
    spread = before["control_sd"]
    return {
        **before,
        "estimate": value,
        "std_error": error,
        "df": df,
        "df_method": method,
        **inference(value, error, df),
        "std_effect": value / spread if spread else np.nan,
        "note": "",
    }


def _matrix(data: _Data, arms: int, used: Any) -> tuple[Floats, Any]:
    """One column a block and arm, then each covariate times it; and the rows that it holds.

    An arm out of the contrast need not carry the covariates, so it is left out of the fit.
    """
    which = np.ones(len(data.y), dtype=bool) if used is None else used[data.arm]
    centred = centre(data.covariates, data.block)
    cell = np.unique((data.block * arms + data.arm)[which], return_inverse=True)[1]
    one_hot = np.eye(cell.max() + 1)[cell]
    parts = [one_hot, *(one_hot * column[:, None] for column in centred[which].T)]
    return np.hstack(parts), which


def _contrast(data: _Data, weights: Floats, columns: int, which: Any) -> Floats:
    cells = np.unique((data.block * len(weights) + data.arm)[which])
    block, arm = cells // len(weights), cells % len(weights)
    share = np.bincount(data.block, minlength=block.max() + 1) / len(data.block)
    contrast = np.zeros(columns)
    contrast[: len(cells)] = share[block] * weights[arm]
    return contrast
