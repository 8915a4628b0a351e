"""What missing answers could do to an effect: Manski's and Lee's bounds."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ..arms import Counts, Floats
from ..blocks import Blocks, check_contrasts, check_frame, floats, read_blocks
from ..design import Contrast, Design
from ..errors import BadInput

LEE = (
    "Bounds on the effect among those who answer in either arm, if the nudge moves answering in "
    "one direction only (monotonicity)."
)


def manski_bounds(
    frame: pd.DataFrame,
    design: Design,
    limits: Mapping[str, tuple[float, float]],
    contrasts: Sequence[Contrast] | None = None,
) -> pd.DataFrame:
    """Bounds on a contrast whatever the missing answers were (Manski 1990).

    Parameters
    ----------
    limits : mapping of outcome key to (lowest, highest)
        The declared range of the outcome; outcomes without one are left out.

    Returns
    -------
    DataFrame
        wave, area, outcome, contrast, lower, upper, missing (share in the arms compared): bounds
        for everyone in the frame, areas pooled by their respondents. Not an interval: sampling
        error comes on top.

    Raises
    ------
    BadInput
        As `estimate_effects`; an answer outside of its limits.
    """
    outcomes = [o for o in check_frame(frame, design) if o.key in limits]
    chosen, rows = check_contrasts(contrasts, design), []
    for blocks in read_blocks(frame, design):
        for outcome in outcomes:
            values, (low, high) = floats(blocks.frame[outcome.values]), limits[outcome.key]
            if np.nanmin(values, initial=low) < low or np.nanmax(values, initial=high) > high:
                raise BadInput(f"“{outcome.key}” has answers outside of {low:g} to {high:g}.")
            ends = [np.where(np.isnan(values), x, values) for x in (low, high)]
            means = [_means(blocks, end, len(design.arms)) for end in ends]
            for area, members in blocks.places():
                for contrast in chosen:
                    names = {"wave": blocks.wave, "area": area, "outcome": outcome.key}
                    found = _worst(blocks, values, means, members, contrast)
                    rows.append({**names, "contrast": contrast.name, **found})
    return pd.DataFrame(rows)


def _means(blocks: Blocks, values: Floats, arms: int) -> Floats:
    """Means by block and arm: (blocks, arms), NaN where nobody is."""
    shape = (len(blocks.areas), arms)
    cell = blocks.block * shape[1] + blocks.arm
    n = np.bincount(cell, minlength=shape[0] * shape[1])
    with np.errstate(invalid="ignore"):
        return (np.bincount(cell, values, minlength=len(n)) / n).reshape(shape)


def _worst(
    blocks: Blocks, values: Floats, means: list[Floats], members: Counts, contrast: Contrast
) -> dict[str, float]:
    weights = np.asarray(contrast.weights, dtype=np.float64)
    used = np.flatnonzero(weights)
    low, high = (m[np.ix_(members, used)] for m in means)
    c, there = weights[used], ~np.isnan(low).any(axis=1)
    here = np.isin(blocks.block, members[there])
    if not there.any():
        return dict.fromkeys(("lower", "upper", "missing"), np.nan)
    n = np.bincount(blocks.block, minlength=len(blocks.areas))[members[there]]
    up, down = np.maximum(c, 0), np.minimum(c, 0)
    lower = low[there] @ up + high[there] @ down
    upper = high[there] @ up + low[there] @ down
    compared = here & np.isin(blocks.arm, used)
    return {
        "lower": float(n @ lower / n.sum()),
        "upper": float(n @ upper / n.sum()),
        "missing": float(np.isnan(values[compared]).mean()),
    }


def lee_bounds(
    frame: pd.DataFrame, design: Design, contrasts: Sequence[Contrast] | None = None
) -> pd.DataFrame:
    """Trim the arm that answers more (Lee 2009), for contrasts of two arms.

    Returns
    -------
    DataFrame
        wave, area, outcome, contrast, lower, upper, trimmed (share of the fuller arm's answers),
        assumption; by area, and areas pooled by their respondents. Ties at the cut are trimmed
        in part, so that the trimmed share is exact. Contrasts of more arms are left out.
    """
    outcomes, rows = check_frame(frame, design), []
    pairs = [c for c in check_contrasts(contrasts, design) if _two_arms(c)]
    for blocks in read_blocks(frame, design):
        for outcome in outcomes:
            values = floats(blocks.frame[outcome.values])
            for area, members in blocks.places():
                for contrast in pairs:
                    names = {"wave": blocks.wave, "area": area, "outcome": outcome.key}
                    found = _lee(blocks, values, members, contrast)
                    rows.append({**names, "contrast": contrast.name, **found, "assumption": LEE})
    return pd.DataFrame(rows)


def _two_arms(contrast: Contrast) -> bool:
    return sorted(w for w in contrast.weights if w) == [-1, 1]


def _lee(blocks: Blocks, values: Floats, members: Counts, contrast: Contrast) -> dict[str, float]:
    found = []
    for block in members:
        here = blocks.block == block
        treated, control = (
            values[here & (blocks.arm == contrast.weights.index(weight))] for weight in (1, -1)
        )
        if min(np.isfinite(treated).sum(), np.isfinite(control).sum()) >= 2:
            found.append((int(here.sum()), *lee(treated, control)))
    if not found:
        return dict.fromkeys(("lower", "upper", "trimmed"), np.nan)
    n, lower, upper, trimmed = np.array(found).T
    return {
        "lower": float(n @ lower / n.sum()),
        "upper": float(n @ upper / n.sum()),
        "trimmed": float(n @ trimmed / n.sum()),
    }


def lee(treated: Floats, control: Floats) -> tuple[float, float, float]:
    """Lower and upper bound of treated less control, and the share trimmed; NaN is no answer."""
    rates = [float(np.mean(~np.isnan(group))) for group in (treated, control)]
    groups = [np.sort(group[~np.isnan(group)]) for group in (treated, control)]
    fuller = 0 if rates[0] >= rates[1] else 1
    trimmed = 1 - min(rates) / max(rates)
    other = float(groups[1 - fuller].mean())
    low, high = _trimmed(groups[fuller], trimmed), -_trimmed(-groups[fuller][::-1], trimmed)
    if fuller == 0:
        return low - other, high - other, trimmed
    return other - high, other - low, trimmed


def _trimmed(values: Floats, share: float) -> float:
    """Mean of sorted values without the largest share; the value at the cut counts in part."""
    keep = len(values) * (1 - share)
    weights = np.clip(keep - np.arange(len(values)), 0, 1)
    return float(weights @ values / weights.sum())
