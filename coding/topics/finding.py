"""Find topics: units of talk, their terms, the number of topics, the topics; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlite_utils import Database

from ..checks import Row
from ..codebook import themes
from ..errors import BadInput
from .asking import LEAST_UNITS, RUNS, Asked
from .factors import Run, curve, factorise, matched, numbers_to_try, proposed, sample
from .guiding import Guide, near, read_guide
from .heard import heard_turns
from .quoting import best_words
from .units import Unit, read_units
from .weighing import Weighed, weigh

Progress = Callable[[int, int], object]
WORDS = 15  # kept of each topic
QUOTES = 40  # kept of each topic; pages show one a speaker


def find_topics(db: Database, asked: Asked, progress: Progress | None = None) -> dict[str, Any]:
    """Find the topics of the talk; the same words, model, codebook and seed give the same.

    Parameters
    ----------
    db : Database
    asked : Asked
        In guided topics `number` counts those beyond the themes.
    progress : callable, optional
        Told how much is done, of how much.

    Returns
    -------
    dict
        Of plain values, to be kept as JSON. `topics`, the largest first, each with `words` (term
        and weight), `stability`, `units` (transcript, turn, start, end, share), `quotes`
        (transcript, turn, start, end), `near` (codes whose words it shares) and `theme_id` (which
        theme it started from). `number`, `proposed`, `curve` (number and stability), `seeded`,
        `units`, `without` (units in no topic), `turns`, `terms`, `sampled` (units of the curve).

    Raises
    ------
    BadInput
        Where there is too little talk, or guided topics find no word of the codebook said.
    """
    from threadpoolctl import threadpool_limits

    tell = Telling(progress or (lambda done, total: None))
    with threadpool_limits(1):  # sums in another order could turn a tie
        return _find(db, asked.checked(), tell)


def _find(db: Database, asked: Asked, tell: Telling) -> dict[str, Any]:
    units = read_units(db, asked, tell.reading)
    weighed = _weighed(units)
    guide = read_guide(db, weighed)
    order, seeds = _seeds(db, guide) if asked.guided else ([], None)
    found = _curve(weighed, numbers_to_try(len(units), len(order)), asked.seed, seeds, tell)
    number = _number(asked.number + len(order) if asked.number else proposed(found), units)
    runs = [tell.after(factorise(weighed.matrix, number, (asked.seed, i), seeds))
            for i in range(RUNS)]  # fmt: skip
    topics = _topics(runs, units, weighed, guide, order)
    return {
        "topics": topics,
        "number": number,
        "proposed": proposed(found),
        "curve": [list(pair) for pair in found],
        "seeded": len(order),
        "units": len(units),
        "without": len(units) - sum(len(topic["units"]) for topic in topics),
        "turns": len(heard_turns(db, asked)),
        "terms": len(weighed.terms),
        "sampled": int(sample(weighed.matrix, asked.seed).shape[0]),
    }


@dataclass
class Telling:
    """Tells progress: reading is half of the work, trying numbers and runs the other half."""

    progress: Progress
    done: int = 0
    steps: int = 1

    def reading(self, done: int, total: int) -> None:
        """Say how many transcripts are read."""
        self.progress(50 * done // total, 100)

    def of(self, steps: int) -> None:
        """Say how many steps follow the reading."""
        self.steps = steps

    def after(self, result: Any) -> Any:
        """Say that a step is done, and hand on its result."""
        self.done += 1
        self.progress(50 + 50 * self.done // self.steps, 100)
        return result


def _weighed(units: list[Unit]) -> Weighed:
    if len(units) >= LEAST_UNITS:
        found = weigh([unit.terms for unit in units], [unit.transcript_id for unit in units])
        if found is not None:
            return found
    raise BadInput(_too_few(len(units)))


def _too_few(units: int) -> str:
    return (
        f"{units} turns of participants say enough to be compared, and topics need {LEAST_UNITS};"
        " import more talk, or take in more areas and groups."
    )


def _seeds(db: Database, guide: Guide) -> tuple[list[int], np.ndarray]:
    if not guide.code_ids:
        raise BadInput(
            "No word of the codebook is said in the talk; give codes definitions, or find topics"
            " without guidance."
        )
    return guide.seeds(themes(db))


def _curve(
    weighed: Weighed, numbers: list[int], seed: int, seeds: np.ndarray | None, tell: Telling
) -> list[tuple[int, float]]:
    tell.of(len(numbers) + RUNS)
    return [tell.after(pair) for pair in curve(weighed.matrix, numbers, seed, seeds)]


def _number(number: int, units: list[Unit]) -> int:
    if number > len(units) // 2:
        raise BadInput(f"{number} topics are too many for {len(units)} units; ask for fewer.")
    return number


def _topics(
    runs: list[Run], units: list[Unit], weighed: Weighed, guide: Guide, order: list[int]
) -> list[Row]:
    """Describe the topics of the run that fits best, by how many units they have."""
    best = min(runs, key=lambda run: run.error)
    others = [run.top for run in runs if run is not best]
    stable = np.mean([matched(best.top, other) for other in others], axis=0)
    of_unit = np.where(best.units.max(axis=1) > 0, best.units.argmax(axis=1), -1)
    nearest = near(guide, best.topics, weighed.terms)
    topics = [
        {
            **_topic(best, place, np.flatnonzero(of_unit == place), units, weighed),
            "stability": round(float(stable[place]), 4),
            "near": nearest[place],
            "theme_id": order[place] if place < len(order) else None,
        }
        for place in range(len(best.topics))
    ]
    return sorted(topics, key=lambda topic: -len(topic["units"]))


def _topic(
    run: Run, place: int, rows: np.ndarray, units: list[Unit], weighed: Weighed
) -> dict[str, Any]:
    weights = run.topics[place]
    strongest = [i for i in np.argsort(-weights, kind="stable") if weights[i] > 0]
    words = [[str(weighed.terms[i]), round(float(weights[i]), 4)] for i in strongest[:WORDS]]
    shares = run.units[rows, place]
    order = [int(i) for i in np.argsort(-shares, kind="stable")]
    members = [(units[rows[i]], float(shares[i])) for i in order]
    return {
        "words": words,
        "units": [
            [u.transcript_id, u.turn_id, u.start, u.end, round(share, 4)] for u, share in members
        ],
        "quotes": _quotes(
            [u for u, _ in members], {str(term): float(str(value)) for term, value in words}
        ),
    }


def _quotes(members: list[Unit], weights: dict[str, float]) -> list[list[int]]:
    scored = [(*best_words(unit, weights), unit) for unit in members]
    ranked = sorted(scored, key=lambda one: -one[0])[:QUOTES]
    return [
        [unit.transcript_id, unit.turn_id, start, end]
        for score, start, end, unit in ranked
        if score > 0
    ]
