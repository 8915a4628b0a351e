"""The effects of a wave, estimated from its stored answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sqlite_utils import Database

from coding.checks import Row
from coding.errors import BadInput

from ..areas import waves
from ..waves import answered_waves, find_wave_id

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Design

T = TypeVar("T")


def effects(
    db: Database,
    wave_key: str | None = None,
    outcome: str | None = None,
    by: str | None = None,
    draws: int = 0,
    seed: int = 0,
) -> pd.DataFrame:
    """Estimate the effects of a wave (the latest with answers) from its stored answers.

    Parameters
    ----------
    outcome : str, optional
        The key of one outcome; all where absent.
    by : {'area', 'pooled'}, optional
        Only the rows of areas, or only those pooled over areas.
    draws, seed : int
        Of randomisation inference; with no draws there is none.

    Raises
    ------
    BadInput
        Where the wave has no answers, or none to that outcome.
    """
    from analysis.effects import POOLED, estimate_effects
    from analysis.responses import load_responses

    wave_id = find_wave_id(db, wave_key)
    frame, design = load_responses(db, wave_id)
    found = estimate_effects(frame, design, draws=draws, seed=seed)
    found["wave"] = db.table("wave").get(wave_id)["key"]
    if outcome is not None:
        there = ", ".join(found["outcome"].unique())
        found = found[found["outcome"] == outcome]
        if found.empty:
            raise BadInput(f"There is no outcome “{outcome}” with effects; there are: {there}.")
    if by not in (None, "area", "pooled"):
        raise BadInput(f"Effects are by area or pooled, not by “{by}”.")
    if by == "pooled" and POOLED not in set(found["area"]):  # one area is all there is to pool
        found["area"] = POOLED
    if by is not None:
        found = found[(found["area"] == POOLED) == (by == "pooled")]
    return found.reset_index(drop=True)


def one_effect(
    db: Database, wave_key: str | None, outcome: str | None, contrast: str | None
) -> tuple[Row, pd.DataFrame]:
    """Estimate one contrast of one outcome by area; the design's first of each where not said.

    Returns issue, outcome and contrast, and a frame of area, estimate, ci_low, ci_high, n (of the
    arms compared), p_value and note: empty where the wave has no answers yet and none is asked for.
    """
    import pandas as pd

    columns = ["area", "estimate", "ci_low", "ci_high", "n", "p_value", "note"]
    facts: Row = {"issue": "", "outcome": "", "contrast": ""}
    if not waves(db) and wave_key is None:
        return facts, pd.DataFrame(columns=columns)
    wave_id = find_wave_id(db, wave_key)
    if wave_id not in answered_waves(db) and outcome is None and contrast is None:
        return facts, pd.DataFrame(columns=columns)

    from analysis.effects import POOLED, estimate_effects
    from analysis.responses import load_responses

    frame, design = load_responses(db, wave_id)
    asked = {o.key: o for o in design.outcomes if o.can_respond}
    chosen = _pick("outcome", asked, outcome) if asked else None
    weighed = _pick("contrast", {c.name: c for c in design.contrasts()}, contrast)
    one = design if chosen is None else replace(design, outcomes=[chosen])
    found = estimate_effects(frame, one, [weighed], draws=0)
    found = found[found["area"] != POOLED].reset_index(drop=True)
    arms = [arm for arm, weight in zip(design.arms, weighed.weights, strict=True) if weight]
    found["n"] = found[[f"n_{arm}" for arm in arms]].sum(axis=1)
    first = found.iloc[0]
    return {name: first[name] for name in facts}, found.reindex(columns=columns)


def first_effects(db: Database, wave_id: int) -> Row:
    """Sum a wave up: `respondents` by area id, `answered` by area id and issue, `effects` by both.

    Somebody answered on an issue who answered any of its outcomes; the effect is that of the
    issue's first outcome in the design's first contrast, by the keys of area and issue.
    """
    from analysis.effects import estimate_effects
    from analysis.responses import load_responses

    frame, design = load_responses(db, wave_id)
    counted: Row = {"respondents": Counter(frame["area_id"].to_list())}
    counted |= {"answered": _answered(frame, design), "effects": {}}
    first = {o.issue: o for o in reversed(design.outcomes) if o.can_respond and o.issue}
    if not first:
        return counted
    one = replace(design, outcomes=list(first.values()))
    found = estimate_effects(frame, one, design.contrasts()[:1], draws=0)
    columns = ["outcome", "measure", "contrast", "estimate", "ci_low", "ci_high"]
    rows = found[found["estimate"].notna()].to_dict("records")
    effects = {(row["area"], row["issue"]): {name: row[name] for name in columns} for row in rows}
    return counted | {"effects": effects}


def _answered(frame: pd.DataFrame, design: Design) -> dict[tuple[int, str], int]:
    keys: dict[str, list[str]] = {}
    for outcome in design.outcomes:
        keys.setdefault(outcome.issue, []).append(outcome.key)
    return {
        (area, issue): int(rows[outcomes].notna().any(axis=1).sum())
        for issue, outcomes in keys.items()
        for area in set(frame["area_id"].to_list())
        for rows in [frame[frame["area_id"] == area]]
    }


def answered_counts(db: Database, wave_id: int) -> dict[int, dict[str, int]]:
    """Count the respondents of a wave's file by area id and analysed arm; none without answers."""
    if wave_id not in answered_waves(db):
        return {}
    from analysis.responses import load_responses

    frame, design = load_responses(db, wave_id)
    counted = Counter(zip(frame["area_id"].to_list(), frame["arm"].to_list(), strict=True))
    return {
        area: {arm: counted[area, arm] for arm in design.arms if counted[area, arm]}
        for area in dict.fromkeys(frame["area_id"].to_list())
    }


def _pick(what: str, known: dict[str, T], name: str | None) -> T:
    if name is None:
        return next(iter(known.values()))
    if name not in known:
        raise BadInput(f"There is no {what} “{name}” here; there are: {', '.join(known)}.")
    return known[name]
