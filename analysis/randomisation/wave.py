"""One wave ready to be permuted: its units, its places, and what was observed."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..arms import Floats
from ..blocks import POOLED, Blocks, floats
from ..design import Contrast, Design, Outcome
from ..multiplicity import Family
from .arrangements import TABLES, Generators, Source, chunks
from .counting import Cell, Counted, count, sorted_by_size
from .statistic import Places, Sums, arm_sums, statistics
from .units import Unit, cluster_codes, make_units
from .value_tables import draw_sums

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Run:
    """What was counted for some places and some outcomes, over how many arrangements."""

    places: list[int]
    outcomes: list[int]
    families: list[int]
    counted: Counted
    draws: int
    seed: int | None
    exact: bool

    def share(self, found: Any) -> float:
        """p of a count: c/R of all arrangements, (c + 1)/(R + 1) of drawn ones."""
        return float(found / self.draws if self.exact else (found + 1) / (self.draws + 1))


@dataclass(frozen=True)
class Wave:
    """Blocks with units and observed statistics (places, contrasts, outcomes)."""

    blocks: Blocks
    units: list[Unit]
    clustered: bool
    places: Places
    outcomes: list[Outcome]
    contrasts: list[Contrast]
    weights: Floats
    names: list[str]
    families: list[list[Cell]]
    observed: Floats
    raw: bool
    tell: Progress

    @property
    def all_outcomes(self) -> list[int]:
        """The numbers of all outcomes."""
        return list(range(len(self.outcomes)))


def prepare(
    blocks: Blocks,
    design: Design,
    outcomes: list[Outcome],
    contrasts: list[Contrast],
    families: Sequence[Family],
    raw: bool,
    permutations: NDArray[np.integer] | None = None,
    tell: Progress | None = None,
) -> Wave:
    """Sum the units of each block and find the observed statistics."""
    values = np.column_stack([floats(blocks.frame[o.values]) for o in outcomes])
    clusters = cluster_codes(blocks, design.cluster, permutations)
    weights = np.asarray([c.weights for c in contrasts], dtype=np.float64)
    places = list(blocks.places())
    with np.errstate(over="ignore", invalid="ignore"):  # numbers too large to square
        units = make_units(blocks, values, clusters)
        sums = [arm_sums(unit.arm[None, :], unit, len(design.arms)) for unit in units]
        observed = np.stack([t[:, 0, :] for t in statistics(sums, places, weights, raw)])
    areas = [name for name, _ in places]
    return Wave(
        blocks=blocks,
        units=units,
        clustered=clusters is not None,
        places=places,
        outcomes=outcomes,
        contrasts=contrasts,
        weights=weights,
        names=[f.name for f in families],
        families=[_cells(f, areas, outcomes, contrasts) for f in families],
        observed=observed,
        raw=raw,
        tell=tell or (lambda done, total: None),
    )


def _cells(
    family: Family, areas: list[str], outcomes: list[Outcome], contrasts: list[Contrast]
) -> list[Cell]:
    keys, names = [o.key for o in outcomes], [c.name for c in contrasts]
    pooled = POOLED if POOLED in areas else areas[0]
    members = [(pooled if area == POOLED else area, o, c) for area, o, c in family.members]
    return [
        (areas.index(area), names.index(contrast), keys.index(outcome))
        for area, outcome, contrast in members
        if area in areas
    ]


def count_arranged(
    wave: Wave,
    source: Source,
    draws: int,
    places: list[int],
    outcomes: list[int],
    families: list[int],
) -> Counted:
    """Count over the arrangements that a source makes of the places' blocks."""
    members = sorted({int(block) for p in places for block in wave.places[p][1]})
    arms, units = wave.weights.shape[1], [wave.units[i].of(outcomes) for i in members]
    for unit in units:  # laid out here, once for all threads
        _ = unit.sized if unit.clustered else unit.columns

    def sums(number: int) -> list[Sums]:
        return [arm_sums(c, unit, arms) for c, unit in zip(source(number), units, strict=True)]

    return _count(wave, sums, len(chunks(draws)), members, places, outcomes, families)


def count_tables(
    wave: Wave,
    outcome: int,
    draws: int,
    places: list[int],
    families: list[int],
    generator: Generators,
) -> Counted:
    """Count over drawn value-by-arm tables of one outcome."""
    sizes, members = chunks(draws, TABLES), list(range(len(wave.units)))
    arms = wave.weights.shape[1]

    def sums(number: int) -> list[Sums]:
        rng = generator(number)
        return [draw_sums(rng, unit, outcome, arms, sizes[number]) for unit in wave.units]

    return _count(wave, sums, len(sizes), members, places, [outcome], families)


def _count(
    wave: Wave,
    sums: Callable[[int], list[Sums]],
    number: int,
    members: list[int],
    places: list[int],
    outcomes: list[int],
    families: list[int],
) -> Counted:
    where = {block: i for i, block in enumerate(members)}
    local = [
        (wave.places[p][0], np.asarray([where[int(b)] for b in wave.places[p][1]])) for p in places
    ]
    cells = [
        [(places.index(p), c, outcomes.index(o)) for p, c, o in wave.families[f]] for f in families
    ]

    done = itertools.count(1)  # threads take chunks in no order

    def chunk(one: int) -> list[Floats]:
        found = statistics(sums(one), local, wave.weights, wave.raw)
        wave.tell(next(done), number)
        return found

    observed = wave.observed[places][:, :, outcomes]
    return count(chunk, number, observed, cells)


def rows(wave: Wave, run: Run) -> Iterator[dict[str, Any]]:
    """The rows of one run's places and outcomes."""
    maxt = _maxt(wave, run)
    for i, place in enumerate(run.places):
        for j, outcome in enumerate(run.outcomes):
            for k in range(len(wave.contrasts)):
                cell = (place, k, outcome)
                yield _row(wave, run, cell, (i, k, j)) | {
                    "family": _family(wave, cell),
                    "p_maxt": maxt.get(cell, np.nan),
                }


def _row(wave: Wave, run: Run, cell: Cell, at: Cell) -> dict[str, Any]:
    place, contrast, outcome = cell
    seen, counted = bool(np.isfinite(wave.observed[cell])), run.counted
    p = run.share(counted.both[at]) if seen else np.nan
    return {
        "place": place,
        "wave": wave.blocks.wave,
        "area": wave.places[place][0],
        "issue": wave.outcomes[outcome].issue,
        "outcome": wave.outcomes[outcome].key,
        "contrast": wave.contrasts[contrast].name,
        "statistic": float(wave.observed[cell]) if seen else np.nan,
        "p_randomisation": p,
        "p_upper": run.share(counted.upper[at]) if seen else np.nan,
        "p_lower": run.share(counted.lower[at]) if seen else np.nan,
        "monte_carlo_error": 0.0 if run.exact and seen else np.sqrt(p * (1 - p) / run.draws),
        "draws": run.draws if seen else pd.NA,
        "seed": pd.NA if run.seed is None or not seen else run.seed,
        "exact": run.exact,
    }


def _maxt(wave: Wave, run: Run) -> dict[Cell, float]:
    found: dict[Cell, float] = {}
    for number, counts in zip(run.families, run.counted.families, strict=True):
        ordered = sorted_by_size(wave.observed, wave.families[number])
        shares = np.maximum.accumulate([run.share(n) for n in counts]).tolist()
        found |= dict(zip(ordered, shares, strict=True))
    return found


def _family(wave: Wave, cell: Cell) -> str:
    named = zip(wave.names, wave.families, strict=True)
    return next((name for name, cells in named if cell in cells), "")
