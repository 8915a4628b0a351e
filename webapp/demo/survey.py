"""Simulated respondents of the demonstration study: seeded, and with true effects that are stated.

Nothing here is real. `TRUE_EFFECTS` says what the simulation puts in, so that what the estimates
give back can be judged: two nudges whose effects are small, and null in places.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

SEED = 20250512
ALLOCATION_SEED = 4711
INVITED, ANSWERED = 600, 500  # an area
AREAS = ("marlowe-reach", "aldercroft", "tarnbridge", "hollin-vale")
ISSUES = ("health", "safety", "environment")

# Local story (A): how much it adds to the share willing to give any time with others. Typical
# time (B) adds to the share willing to give any time alone. The two do not interact.
TRUE_EFFECTS: Mapping[str, Mapping[str, float]] = {
    "marlowe-reach": {"A": 0.02, "B": 0.00},
    "aldercroft": {"A": 0.09, "B": 0.02},
    "tarnbridge": {"A": 0.00, "B": 0.00},
    "hollin-vale": {"A": 0.09, "B": 0.02},
}
HOURS_IF_ANY = 4.0  # mean hours a month of those who would give any

# Share who did something in a group last year, and share willing without any nudge.
BASE = {"marlowe-reach": 0.22, "aldercroft": 0.34, "tarnbridge": 0.28, "hollin-vale": 0.42}
ISSUE_SHIFT = {"health": -0.04, "safety": 0.0, "environment": 0.06}


def sampling_frame() -> pd.DataFrame:
    """Return everybody invited: respondent, area, age band."""
    rng = np.random.default_rng([SEED, 1])
    n = INVITED * len(AREAS)
    return pd.DataFrame(
        {
            "respondent": [f"R{i:04d}" for i in range(1, n + 1)],
            "area": np.repeat(AREAS, INVITED),
            "age": rng.choice(["18 to 34", "35 to 64", "65 and over"], n, p=[0.27, 0.5, 0.23]),
        }
    )


def simulate_answers(frame: pd.DataFrame, allocated: pd.DataFrame) -> pd.DataFrame:
    """Return the answers of 500 respondents an area, given the arm each was allocated."""
    rng = np.random.default_rng([SEED, 2])
    table = frame.merge(allocated[["respondent", "arm"]], on="respondent")
    table = table.groupby("area", sort=False).sample(ANSWERED, random_state=SEED)
    table = table.reset_index(drop=True)
    story, time = table["arm"].isin(["A", "A+B"]), table["arm"].isin(["B", "A+B"])
    by_area = table["area"].map
    for issue in ISSUES:
        base = by_area(BASE) + ISSUE_SHIFT[issue]
        did = rng.random(len(table)) < base
        table[f"done_in_groups_{issue}"] = np.where(did, "Yes", "No")
        leaning = 0.25 * (did.astype(float) - base)  # who did something before is likelier to again
        with_others = base + leaning + by_area(_effect("A")) * story
        alone = base + 0.08 + 0.5 * leaning + by_area(_effect("B")) * time
        table[f"hours_with_others_{issue}"] = _hours(rng, with_others.to_numpy())
        table[f"hours_alone_{issue}"] = _hours(rng, alone.to_numpy())
        table[f"difference_{issue}"] = _belief(rng, did)
    return _add_given(_leave_blanks(rng, table))


def _add_given(table: pd.DataFrame) -> pd.DataFrame:
    """Add what was asked before the nudge and what it cannot have changed: hours given, alone.

    Draws of their own, so that every other answer stays as it was.
    """
    rng = np.random.default_rng([SEED, 3])
    n = len(table)
    table["years_here"] = np.minimum(rng.gamma(1.5, 12, n).round(), 80).astype(int)
    settled = (table["years_here"] >= 15).to_numpy()
    for issue in ISSUES:
        groups = (table[f"done_in_groups_{issue}"] == "Yes").to_numpy()
        share = table["area"].map(BASE).to_numpy() + 0.08 + 0.12 * groups + 0.1 * settled
        alone = rng.random(n) < share
        did = pd.Series(np.where(alone, "Yes", "No"))
        table[f"done_individually_{issue}"] = did.where(rng.random(n) >= 0.03)
        for way, acts in (("alone", alone), ("with_others", groups)):
            hours = pd.Series(np.where(acts, np.ceil(rng.gamma(1.2, 2.5, n) * 2) / 2, 0.0))
            table[f"hours_given_{way}_{issue}"] = hours.where(rng.random(n) >= 0.03)
    return table


def _effect(nudge: str) -> dict[str, float]:
    return {area: effects[nudge] for area, effects in TRUE_EFFECTS.items()}


def _hours(rng: np.random.Generator, share: np.ndarray) -> np.ndarray:
    """Hours a month: none for most, a few for some, many for a handful; in half hours."""
    hours = rng.gamma(1.6, HOURS_IF_ANY / 1.6, len(share))
    return np.where(rng.random(len(share)) < share, np.ceil(hours * 2) / 2, 0.0)


def _belief(rng: np.random.Generator, did: np.ndarray) -> np.ndarray:
    """“Citizens can make a difference”, 1 to 5; those who acted together before agree more."""
    return np.clip(np.round(rng.normal(2.9 + 0.6 * did, 1.05)), 1, 5).astype(int)


def _leave_blanks(rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """Leave three in a hundred answers out, and mark “don't know” as 9 as surveys do."""
    columns = [name for name in table.columns if name not in ("respondent", "area", "age", "arm")]
    table = table.astype(dict.fromkeys(columns, object))
    for name in columns:
        blank = rng.random(len(table)) < 0.03
        table.loc[blank, name] = 9 if name.startswith("difference") else None
    return table
