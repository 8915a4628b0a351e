"""Intervals by inverting the randomisation test: every constant effect that is not rejected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from .arms import Counts, Floats
from .blocks import Blocks, check_contrasts, check_frame, floats, read_blocks
from .design import Contrast, Design
from .errors import BadInput
from .randomisation.arrangements import chunks, generator
from .randomisation.columns import Columns
from .randomisation.shuffling import shuffled
from .randomisation.statistic import Sums, block_parts, size_sums, statistic
from .randomisation.units import cluster_codes, make_unit

TIE = 1e-9
STEPS = 40  # halvings: the ends are exact to 1e-12 of the first reach


@dataclass(frozen=True)
class _Block:
    """Redrawn arms of one block, the first of them as allocated.

    Attributes
    ----------
    found : array (2, draws + 1, 5, sizes)
        By arm and cluster size: clusters, then Σ of z, y, y², z·y over them; y is the sum of a
        cluster's answers, z whether it was treated. Without clusters there is the size 1 alone.
    sizes : array (sizes,)
    answered : array (1,)
    """

    found: Floats
    sizes: Floats
    answered: Floats

    def sums(self, effect: float) -> Sums:
        """What each arrangement makes of the answers less the effect of those treated."""
        clusters, z, y, yy, zy = np.moveaxis(self.found, 2, 0)
        each = effect * self.sizes
        sums = np.concatenate([y - each * z, yy - 2 * each * zy + each**2 * z], axis=-1)
        n, total, error = size_sums(sums, clusters, self.sizes)
        return Sums(n[:, :, None], total[:, :, None], error[:, :, None], self.answered)


def randomisation_intervals(
    frame: pd.DataFrame,
    design: Design,
    contrasts: Sequence[Contrast] | None = None,
    draws: int = 2_000,
    seed: int = 0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Invert the studentised randomisation test of contrasts of two arms.

    Returns
    -------
    DataFrame
        wave, area, outcome, contrast, ri_low, ri_high, draws, seed: the constant effects whose
        two-sided p is above 1 − level; infinite where too few arrangements can reject anything.
        Contrasts of more arms are left out: no constant effect gives their null distribution.

    Raises
    ------
    BadInput
        As `estimate_effects`; draws, seed or level that cannot be used.

    Notes
    -----
    Arms are redrawn between the two compared, within blocks, by cluster where the allocation did
    (and T is then studentised by CR2). Under a constant effect τ the answers less τ·treated are
    what they would have been anyway, so that T(τ) of every draw needs five sums only, by cluster
    size; each end is found by halving, p being taken as falling away from the estimate. All
    draws serve all τ, p = (c + 1)/(draws + 1).
    """
    outcomes, chosen = check_frame(frame, design), check_contrasts(contrasts, design)
    if int(draws) != draws or draws < 1 or seed < 0 or not 0 < level < 1:
        raise BadInput("Draws must be at least 1, the seed at least 0, the level within 0 and 1.")
    pairs = [c for c in chosen if sorted(w for w in c.weights if w) == [-1, 1]]
    rows = []
    for number, blocks in enumerate(read_blocks(frame, design)):
        clusters = cluster_codes(blocks, design.cluster)
        for outcome in outcomes:
            values = floats(blocks.frame[outcome.values])
            for contrast in pairs:
                made = [
                    _block(blocks, values, clusters, b, contrast, draws, seed, number)
                    for b in range(len(blocks.areas))
                ]
                for area, members in blocks.places():
                    found = _interval([made[b] for b in members], 1 - level)
                    rows.append(
                        {
                            "wave": blocks.wave,
                            "area": area,
                            "outcome": outcome.key,
                            "contrast": contrast.name,
                            "ri_low": found[0],
                            "ri_high": found[1],
                            "draws": draws,
                            "seed": seed,
                        }
                    )
    return pd.DataFrame(rows)


def _block(
    blocks: Blocks,
    values: Floats,
    clusters: Counts | None,
    block: int,
    contrast: Contrast,
    draws: int,
    seed: int,
    wave: int,
) -> _Block:
    """Redraw one block; its generator is its own, so that areas do not depend on each other."""
    arms = [contrast.weights.index(weight) for weight in (-1, 1)]
    rows = np.flatnonzero((blocks.block == block) & np.isin(blocks.arm, arms))
    treated = (blocks.arm[rows] == arms[1]).astype(np.int64)
    unit = make_unit(
        rows, values[rows, None], treated, None if clusters is None else clusters[rows]
    )
    sizes = unit.sizes[0]
    z, y = unit.arm[:, None].astype(np.float64), unit.y
    each: list[Floats] = [np.ones_like(y), z, y, y**2, z * y]
    here = unit.seen[:, :1] == sizes
    columns = Columns.of(np.hstack([np.where(here, part, 0.0) for part in each]))
    drawn = [columns.by_arm(unit.arm[None], 2)]
    for chunk, size in enumerate(chunks(draws)):
        rng = generator(seed, wave, 1_000 + block, chunk)
        drawn.append(columns.by_arm(shuffled(rng, unit.arm, size), 2))
    found = np.concatenate(drawn, axis=1).reshape(2, draws + 1, 5, len(sizes))
    return _Block(found, sizes.astype(np.float64), unit.answered)


def _interval(blocks: list[_Block], alpha: float) -> tuple[float, float]:
    weights = np.array([[-1.0, 1.0]])

    def at(effect: float) -> Floats:
        parts = [block_parts(block.sums(effect), weights) for block in blocks]
        return np.nan_to_num(statistic(parts)[0, :, 0], nan=0.0, posinf=np.inf, neginf=-np.inf)

    def p(effect: float) -> float:
        found = np.abs(at(effect))
        if not np.isfinite(found[0]):
            return 0.0
        return float((found[1:] >= found[0] - TIE).sum() + 1) / len(found)

    raw = statistic([block_parts(block.sums(0.0), weights) for block in blocks], raw=True)
    estimate, first = float(raw[0, 0, 0]), at(0.0)[0]
    if not np.isfinite([estimate, first]).all():
        return np.nan, np.nan
    error = abs(estimate / first) if first else _error(blocks)
    if not error > 0:
        return np.nan, np.nan
    start = error * float(-ndtri(alpha / 2))
    return _end(p, estimate, -start, alpha), _end(p, estimate, start, alpha)


def _error(blocks: list[_Block]) -> float:
    parts = [block_parts(block.sums(0.0), np.array([[-1.0, 1.0]])) for block in blocks]
    weight = sum(float(part.weight[0, 0, 0]) for part in parts)
    return float(np.sqrt(sum(float(part.variance[0, 0, 0]) for part in parts)) / weight)


def _end(p: Callable[[float], float], estimate: float, reach: float, alpha: float) -> float:
    """The effect at which p falls to alpha, from the estimate outwards."""
    far = reach
    while p(estimate + far) > alpha:
        far *= 2
        if abs(far) > 1e4 * abs(reach):
            return float(np.copysign(np.inf, reach))
    near = 0.0
    for _ in range(STEPS):
        middle = (near + far) / 2
        near, far = (middle, far) if p(estimate + middle) > alpha else (near, middle)
    return estimate + near
