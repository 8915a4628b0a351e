"""Estimate every contrast of every outcome: one tidy frame."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from ..arms import count_cells
from ..blocks import (
    Blocks,
    check_contrasts,
    check_frame,
    floats,
    read_blocks,
    read_clusters,
)
from ..design import Contrast, Design, Outcome
from ..equivalence import with_equivalence
from ..multiplicity import Family, check_families, default_families, in_families
from ..randomisation import randomisation_test
from .closed_form import Row, estimate
from .clustered import share_out

FIRST = ("wave", "area", "issue", "outcome", "measure", "scale", "contrast")
NUMBERS = (
    *("smallest_cell", "control_mean", "control_sd", "estimator", "adjusted"),
    *("estimate", "std_error", "df", "df_method", "ci_low", "ci_high", "p_value"),
    *("p_randomisation", "draws", "seed", "p_holm", "p_bh", "p_maxt", "family"),
)
LAST = ("std_effect", "mde_80", "sesoi", "p_equivalence", "planned", "note", "dropped_areas")


def estimate_effects(
    frame: pd.DataFrame,
    design: Design,
    contrasts: Sequence[Contrast] | None = None,
    draws: int = 10_000,
    seed: int = 0,
    *,
    families: Sequence[Family] | None = None,
    sesoi: float | Mapping[str, float] | None = None,
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
        Of the randomisation inference; ``draws=0`` leaves it out.
    families : sequence of Family, optional
        Default: for each contrast its effects on all outcomes, pooled. An empty sequence leaves
        the adjusted p-values out, and large frames are then tested one outcome at a time.
    sesoi : float or mapping of outcome key to float, optional
        The smallest effect of interest, in the outcome's unit: `p_equivalence` tests against it.

    Returns
    -------
    DataFrame
        One row per wave x area x outcome x contrast, in the outcome's unit; `note` says why an
        estimate is absent, `dropped_areas` names blocks with an arm of fewer than 2 answers.
        `draws` without `seed`: all arrangements were enumerated. What was not computed is empty.

    Raises
    ------
    BadInput
        A column is absent, an arm is unknown, values are not numbers, nobody has both area and
        arm, no outcome can have responded to a nudge (asked before it, or about the past), or
        draws, seed, families or sesoi cannot be used.

    Notes
    -----
    With arm means m, variances s² and sizes n the estimate is Σc·m and its HC2 variance
    Σc²·s²/n (Samii and Aronow 2012). Pooled over blocks: Σw·estimate and Σw²·variance, w the
    block's share of respondents; df = N − arms·blocks as in R's estimatr, Satterthwaite's where
    an arm used has fewer than 20 answers. Where the design has clusters, errors and df are CR2's
    (`adjusted_effects`). `p_randomisation` and `p_maxt`: `randomisation_test`.
    """
    outcomes, chosen = check_frame(frame, design), check_contrasts(contrasts, design)
    if families is None:
        families = default_families(outcomes, chosen)
    areas = frame[design.area].dropna().astype(str).unique().tolist()
    check_families(families, areas, outcomes, chosen)
    found = _estimated(frame, design, outcomes, chosen)
    found = in_families(found, families)
    found = with_equivalence(found, sesoi).assign(planned=None)
    found = _with_draws(found, frame, design, chosen, draws, seed, families)
    return _ordered(found, design.arms)


def _estimated(
    frame: pd.DataFrame, design: Design, outcomes: list[Outcome], contrasts: list[Contrast]
) -> pd.DataFrame:
    waves = read_blocks(frame, design)
    return pd.DataFrame([r for blocks in waves for r in _rows(blocks, design, outcomes, contrasts)])


def _rows(
    blocks: Blocks, design: Design, outcomes: list[Outcome], contrasts: list[Contrast]
) -> Iterator[Row]:
    shape, shares = (len(blocks.areas), len(design.arms)), None
    clusters = read_clusters(blocks, design.cluster) if design.cluster else None
    for outcome in outcomes:
        values = floats(blocks.frame[outcome.values])
        cells = count_cells(blocks.block, blocks.arm, values, shape)
        if clusters is not None:
            shares = share_out(blocks.block, blocks.arm, values, clusters, cells)
        for area, members in blocks.places():
            here = shares.of(members) if shares is not None else None
            for contrast in contrasts:
                yield {
                    "wave": blocks.wave,
                    "area": area,
                    "issue": outcome.issue,
                    "outcome": outcome.key,
                    "measure": outcome.measure,
                    "scale": outcome.scale,
                    "contrast": contrast.name,
                    **estimate(
                        cells.of(members), blocks.areas[members], contrast, design.arms, here
                    ),
                }


def _with_draws(
    found: pd.DataFrame,
    frame: pd.DataFrame,
    design: Design,
    contrasts: list[Contrast],
    draws: int,
    seed: int,
    families: Sequence[Family],
) -> pd.DataFrame:
    """Add the columns of randomisation inference, whose rows come in the same order."""
    if draws == 0:
        none = pd.array([pd.NA] * len(found), dtype="Int64")
        return found.assign(p_randomisation=np.nan, p_maxt=np.nan, draws=none, seed=none)
    drawn = randomisation_test(frame, design, contrasts, draws, seed, families=families)
    return found.assign(**drawn[["p_randomisation", "draws", "seed", "p_maxt"]])


def _ordered(found: pd.DataFrame, arms: Sequence[str]) -> pd.DataFrame:
    """The columns as the study's methods list them."""
    sizes = [f"{what}_{arm}" for what in ("n", "missing") for arm in arms]
    return found[[*FIRST, *sizes, *NUMBERS, *LAST]]
