"""Randomisation inference: the recorded allocation drawn again, and the effects with it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..blocks import check_contrasts, check_frame, read_blocks
from ..design import Contrast, Design, Outcome
from ..errors import BadInput
from ..multiplicity import Family, check_families
from .arrangements import Every, count_arrangements, drawn, generator, given
from .value_tables import are_cheaper
from .wave import Progress, Run, Wave, count_arranged, count_tables, prepare, rows

Permutations = NDArray[np.integer]


def randomisation_test(
    frame: pd.DataFrame,
    design: Design,
    contrasts: Sequence[Contrast] | None = None,
    draws: int = 10_000,
    seed: int = 0,
    permutations: Permutations | None = None,
    *,
    families: Sequence[Family] = (),
    raw: bool = False,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Test every contrast of every outcome against redrawn allocations.

    Parameters
    ----------
    frame : DataFrame (rows,)
        One row a respondent, as for `estimate_effects`.
    design : Design
        Arms are permuted within area and strata; by cluster where every cluster has one arm, and
        the statistic is then studentised by CR2.
    contrasts : sequence of Contrast, optional
        Default: the design's own.
    draws, seed : int
        Areas (and the whole) with no more arrangements than draws are enumerated instead.
    permutations : array (draws, rows) of int, optional
        Arm codes to use instead, in the order of the design's arms; what rows without area or
        arm hold does not matter.
    families : sequence of Family
        Sets of effects for Westfall and Young's maxT, from the same draws of all outcomes.
    raw : bool
        Use the estimate itself as the statistic, not studentised: an oracle, not an analysis.
    progress : callable, optional
        Told ``(done, total)`` chunks of draws; it starts anew for outcomes drawn apart, and is
        called from several threads.

    Returns
    -------
    DataFrame
        One row per wave x area x outcome x contrast: `statistic`; `p_randomisation` (two-sided),
        `p_upper`, `p_lower`; `monte_carlo_error` √(p(1−p)/draws), 0 where enumerated; `draws`;
        `seed`, missing where nothing was drawn; `exact`; `family` and `p_maxt`.

    Raises
    ------
    BadInput
        As `estimate_effects`; and for draws below 1, a negative seed, permutations of a wrong
        shape or with unknown arms, a family that names what there is not.

    Notes
    -----
    Exact for the sharp null that no arm changes anyone, asymptotically valid for the contrast
    being zero (Wu and Ding, JASA 2021). Missing values travel with the respondent. Sampled p is
    (c + 1)/(draws + 1), enumerated p c/draws; ties count. maxT is step-down (Westfall and Young
    1993). Draws come in chunks of 250 with spawned seeds: results do not depend on processors.
    """
    outcomes, chosen = check_frame(frame, design), check_contrasts(contrasts, design)
    _check_draws(frame, design, draws, seed, permutations)
    areas = frame[design.area].dropna().astype(str).unique().tolist()
    check_families(families, areas, outcomes, chosen)
    found: list[dict[str, Any]] = []
    for number, blocks in enumerate(read_blocks(frame, design)):
        mine = None if permutations is None else permutations[:, blocks.position]
        wave = prepare(blocks, design, outcomes, chosen, families, raw, mine, progress)
        runs = _runs(wave, draws, seed, number) if mine is None else iter([_given(wave, mine)])
        found += [row for run in runs for row in rows(wave, run)]
    return _in_order(found, outcomes, chosen)


def _check_draws(
    frame: pd.DataFrame, design: Design, draws: int, seed: int, permutations: Permutations | None
) -> None:
    if permutations is None:
        if int(draws) != draws or draws < 1:
            raise BadInput("The number of draws must be a whole number of at least 1.")
        if int(seed) != seed or seed < 0:
            raise BadInput("The seed must be a whole number of at least 0.")
        return
    used = (frame[design.area].notna() & frame[design.arm].notna()).to_numpy()
    if permutations.ndim != 2 or permutations.shape[1] != len(frame) or not len(permutations):
        raise BadInput(f"Permutations must have the shape (draws, {len(frame)}), a column a row.")
    codes = permutations[:, used]
    if codes.size and (codes.min() < 0 or codes.max() >= len(design.arms)):
        raise BadInput(f"Permutations must hold arm codes from 0 to {len(design.arms) - 1}.")


def _given(wave: Wave, permutations: Permutations) -> Run:
    places, families = list(range(len(wave.places))), list(range(len(wave.families)))
    source, size = given(wave.units, permutations), len(permutations)
    counted = count_arranged(wave, source, size, places, wave.all_outcomes, families)
    return Run(places, wave.all_outcomes, families, counted, size, None, False)


def _runs(wave: Wave, draws: int, seed: int, number: int) -> Iterator[Run]:
    """Enumerate the places that are small, and draw for the others together."""
    left = []
    for place in range(len(wave.places)):
        run = _enumerated(wave, place, draws)
        if run is None:
            left.append(place)
        else:
            yield run
    if left:
        yield from _sampled(wave, left, draws, seed, number)


def _enumerated(wave: Wave, place: int, draws: int) -> Run | None:
    """Every arrangement of a place, unless there are too many or a family reaches beyond it."""
    units = [wave.units[i] for i in wave.places[place][1]]
    number = count_arrangements(units)
    here = [f for f, cells in enumerate(wave.families) if any(c[0] == place for c in cells)]
    if number > draws or any(c[0] != place for f in here for c in wave.families[f]):
        return None
    size = int(number)
    counted = count_arranged(wave, Every(units), size, [place], wave.all_outcomes, here)
    return Run([place], wave.all_outcomes, here, counted, size, None, True)


def _sampled(wave: Wave, places: list[int], draws: int, seed: int, number: int) -> Iterator[Run]:
    """Draw value tables where that is cheaper and no family needs joint draws; else shuffle."""
    here = [f for f, cells in enumerate(wave.families) if cells and cells[0][0] in places]
    joint = wave.clustered or any(len(wave.families[f]) > 1 for f in here)
    few = [] if joint else are_cheaper(wave.units, wave.all_outcomes, wave.weights.shape[1])
    for outcome in few:
        seeds = partial(generator, seed, number, outcome + 1)
        mine = [f for f in here if wave.families[f][0][2] == outcome]
        counted = count_tables(wave, outcome, draws, places, mine, seeds)
        yield Run(places, [outcome], mine, counted, draws, seed, False)
    rest = [o for o in wave.all_outcomes if o not in few]
    if rest:
        mine = [f for f in here if wave.families[f][0][2] in rest]
        source = drawn(wave.units, draws, partial(generator, seed, number, 0))
        counted = count_arranged(wave, source, draws, places, rest, mine)
        yield Run(places, rest, mine, counted, draws, seed, False)


def _in_order(
    found: list[dict[str, Any]], outcomes: list[Outcome], contrasts: list[Contrast]
) -> pd.DataFrame:
    """Rows as `estimate_effects` has them: wave, outcome, area (pooled last), contrast."""
    outcome = {o.key: i for i, o in enumerate(outcomes)}
    contrast = {c.name: i for i, c in enumerate(contrasts)}
    waves = {wave: i for i, wave in enumerate(dict.fromkeys(row["wave"] for row in found))}
    found.sort(
        key=lambda row: (
            waves[row["wave"]],
            outcome[row["outcome"]],
            row.pop("place"),
            contrast[row["contrast"]],
        )
    )
    return pd.DataFrame(found).astype({"draws": "Int64", "seed": "Int64"})
