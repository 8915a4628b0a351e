"""Power by simulation: a planned outcome, its answers without a nudge, what each arm changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput

from ..areas import find_wave
from ..waves import answered_waves
from .experiment import Experiment, experiment_from, plan_for

if TYPE_CHECKING:
    import pandas as pd

    from analysis.power import Answers, Expected

Row = dict[str, Any]
Progress = Callable[[int, int], None]
# What a nudge is said to change, by the scale of the outcome.
CHANGES = {"ordinal": "odds", "binary": "share", "hours": "share", "count": "share"}
# Drawing one arm takes as long as about 19 answers, besides those it has; so many take two seconds.
ONE_ARM, QUICK = 19, 25_000_000
FEW = 30  # answers of an area, below which its distribution is that of all areas together
ODDS = (0.05, 20.0)


@dataclass(frozen=True)
class Simulation:
    """One outcome of a plan, its answers without a nudge, and what each arm changes.

    `changes` by arm but the control: an odds ratio for ordinal answers, else how many more of all,
    as a share, give anything above 0. `shares` is text such as “0: 60, 1: 40”; or `from_wave`.
    """

    outcome: str
    changes: dict[str, float]
    shares: str = ""
    from_wave: str = ""
    draws: int = 2_000
    seed: int = 0

    def __post_init__(self) -> None:
        if bool(self.shares.strip()) == bool(self.from_wave):
            raise BadInput("Give the shares of the answers, or take them from an earlier wave.")


def simulate(
    db: Database, wave_id: int, experiment: Experiment, asked: Simulation,
    progress: Progress | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Simulate the planned outcome; returns a row a contrast beside the formula's power.

    Raises BadInput where the plan lacks the outcome, its scale has no simulation, or the shares
    and changes cannot be.
    """
    from analysis.power import power_of, simulate_contrasts

    values, chances, sizes, expected = _set_up(db, wave_id, experiment, asked)
    found = simulate_contrasts(
        values, chances, sizes, experiment.contrasts, asked.draws, asked.seed,
        experiment.alpha, progress,
    )  # fmt: skip
    found["power_by_formula"] = [
        power_of(expected, contrast, effect, experiment.alpha)
        for contrast, effect in zip(experiment.contrasts, found["effect"], strict=True)
    ]
    found["answers"] = int(sizes.sum())
    planned = plan_for(db, wave_id)
    found["primary"] = [planned is not None and name == planned.primary_contrast
                        for name in found["contrast"]]  # fmt: skip
    return found


def simulate_asked(db: Database, *, asked: Row, progress: Progress) -> list[Row]:
    """Simulate as a job: `asked` has `wave_id`, what `experiment_from` takes, and `simulation`."""
    experiment, wanted = experiment_from(asked), Simulation(**asked["simulation"])
    found = simulate(db, asked["wave_id"], experiment, wanted, progress)
    return [
        {
            str(name): value.item() if hasattr(value, "item") else value
            for name, value in row.items()
        }
        for row in found.to_dict("records")
    ]


def cost(db: Database, wave_id: int, experiment: Experiment, asked: Simulation) -> int:
    """Count what is drawn, to tell quick from slow; checks all that is asked."""
    values, _, sizes, _ = _set_up(db, wave_id, experiment, asked)
    return int(asked.draws * sizes.size * (len(values) + ONE_ARM))


def _set_up(
    db: Database, wave_id: int, experiment: Experiment, asked: Simulation
) -> tuple[Any, Any, Any, list[Expected]]:
    import numpy as np

    from analysis.power import Expected

    planned = plan_for(db, wave_id)
    outcome = planned.outcome(asked.outcome) if planned else None
    if planned is None or outcome is None:
        there = ", ".join(o.key for o in planned.outcomes) if planned else "none"
        raise BadInput(f"The plan has no outcome “{asked.outcome[:80]}”; it has: {there}.")
    if outcome.scale not in CHANGES:
        raise BadInput(f"An outcome of scale {outcome.scale} is not simulated; use the table.")
    answers = _answers(db, asked, list(experiment.expected))
    values = np.unique(np.concatenate([one.values for one in answers.values()]))
    base = np.array([answers[key].on(values) for key in experiment.expected])
    chances = np.stack(
        [_moved(values, base, outcome.scale, asked.changes.get(arm)) for arm in experiment.arms], 1
    )
    sizes = _sizes(experiment)
    values = _capped(values, chances, sizes, outcome.winsor)
    expected = [
        Expected(float(own.sum()), sd=_within_sd(values, row))
        for own, row in zip(sizes, chances, strict=True)
    ]
    return values, chances, sizes, expected


def _answers(db: Database, asked: Simulation, keys: list[str]) -> dict[str, Answers]:
    """Distributions by area: one for all, or each its own where an earlier wave tells enough."""
    from analysis.power import observed, read_shares

    if not asked.from_wave:
        shares = read_shares(asked.shares)
        return dict.fromkeys(keys, shares)
    by_area = control_answers(db, asked.from_wave, asked.outcome)
    every = observed([value for own in by_area.values() for value in own])
    found = {}
    for key in keys:
        own = by_area.get(key, [])
        found[key] = observed(own) if len(own) >= FEW and len(set(own)) > 1 else every
    return found


def control_answers(db: Database, wave_key: str, outcome: str) -> dict[str, list[float]]:
    """Return the answers of an earlier wave's control arm by area; raises BadInput without any."""
    from analysis.responses import load_responses

    wave = find_wave(db, wave_key)
    if wave["id"] not in answered_waves(db):
        raise BadInput(f"{wave['name']} has no answers; give the shares of the answers instead.")
    frame, design = load_responses(db, wave["id"])
    known = {o.key: o for o in design.outcomes}
    if outcome not in known:
        raise BadInput(
            f"{wave['name']} has no outcome “{outcome[:80]}”; it has: {', '.join(known)}."
        )
    own = frame[(frame["arm"] == design.arms[0]) & frame[known[outcome].values].notna()]
    if len(own) < FEW:
        raise BadInput(f"{wave['name']} has fewer than {FEW} such answers without a nudge.")
    grouped = own.groupby("area", observed=True)[known[outcome].values]
    return {str(area): values.to_list() for area, values in grouped}


def control_spread(db: Database, wave_key: str, outcome: str) -> tuple[float, float]:
    """Return mean, and standard deviation within areas (n − 1), of a wave's control arm."""
    import numpy as np

    by_area = [np.array(own) for own in control_answers(db, wave_key, outcome).values()]
    squares = sum(float(((own - own.mean()) ** 2).sum()) for own in by_area)
    n = sum(len(own) for own in by_area)
    return float(np.concatenate(by_area).mean()), float(np.sqrt(squares / (n - len(by_area))))


def _moved(values: Any, base: Any, scale: str, change: float | None) -> Any:
    import numpy as np

    from analysis.power import raised_share, shifted_odds

    if change is None:
        return base
    if CHANGES[scale] == "odds":
        if not ODDS[0] <= change <= ODDS[1]:
            raise BadInput(f"An odds ratio lies between {ODDS[0]:g} and {ODDS[1]:g}; 1 is none.")
        return np.array([shifted_odds(row, float(np.log(change))) for row in base])
    return np.array([raised_share(values, row, change) for row in base])


def _sizes(experiment: Experiment) -> Any:
    """Answers by area and arm, equally many; clusters count as the fewer that they are worth."""
    import numpy as np

    arms = len(experiment.arms)
    rows = []
    for key, area in experiment.expected.items():
        worth = area.n * area.response / (1 + (area.cluster_size - 1) * area.icc)
        each = int(worth / arms)
        if each < 2:
            name = experiment.labels.get(key, key)
            raise BadInput(f"{name} would have fewer than 2 answers in an arm; invite more there.")
        rows.append([each] * arms)
    return np.array(rows)


def _capped(values: Any, chances: Any, sizes: Any, quantile: float | None) -> Any:
    """Cut hours at the planned quantile of all answers that are expected, whatever the arm."""
    import numpy as np

    if quantile is None:
        return values
    share = sizes / sizes.sum()
    below = np.cumsum((chances * share[..., None]).sum(axis=(0, 1)))
    limit = values[min(int(np.searchsorted(below, quantile - 1e-12)), len(values) - 1)]
    return np.minimum(values, limit)


def _within_sd(values: Any, chances: Any) -> float:
    """Standard deviation within arms: of the mean variance of an area's arms."""
    import numpy as np

    mean = chances @ values
    return float(np.sqrt(max((chances @ values**2 - mean**2).mean(), 1e-12)))
