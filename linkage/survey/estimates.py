"""The effects of a wave, estimated from its stored answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlite_utils import Database

from coding.checks import Row
from coding.errors import BadInput

from ..areas import waves
from ..waves import answered_waves, find_wave_id
from .analysed import Analysed, analysed

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Contrast, Design

T = TypeVar("T")


def effects(
    db: Database,
    wave_key: str | None = None,
    outcome: str | None = None,
    by: str | None = None,
    draws: int = 0,
    seed: int = 0,
    *,
    contrast: str | None = None,
    planned: bool | None = None,
    members: str | None = None,
) -> pd.DataFrame:
    """Estimate the effects of a wave (the latest with answers) from its stored answers.

    Parameters
    ----------
    outcome, contrast : str, optional
        The key of one outcome, the name of one contrast; all where absent.
    by : {'area', 'pooled'}, optional
        Only the rows of areas, or only those pooled over areas.
    draws, seed : int
        Of randomisation inference; with no draws there is none.
    planned : bool, optional
        Only what the wave's frozen plan holds, or only what it does not; without a plan nothing
        is planned.
    members : {'include', 'exclude'}, optional
        As for `analysed`.

    Returns
    -------
    DataFrame
        The columns of `analysis.effects.estimate_effects`; families, smallest effects of interest
        and `planned` are the frozen plan's.

    Raises
    ------
    BadInput
        Where the wave has no answers, or none to that outcome.
    """
    wave_id = find_wave_id(db, wave_key)
    held = analysed(db, wave_id, members)
    found = estimate(held, draws=draws, seed=seed)
    found["wave"] = db.table("wave").get(wave_id)["key"]
    return chosen(found, outcome=outcome, contrast=contrast, by=by, planned=planned)


def estimate(
    held: Analysed,
    outcomes: Sequence[str] | None = None,
    contrasts: Sequence[str] | None = None,
    draws: int = 0,
    seed: int = 0,
) -> pd.DataFrame:
    """Estimate the effects of answers as their plan would have it.

    Parameters
    ----------
    outcomes, contrasts : sequence of str, optional
        Keys and names of those that are wanted, all where absent. Those that share a family with
        them are estimated too, since adjusted p-values need them, and left out again.
    """
    from analysis.effects import estimate_effects
    from analysis.plan.applying import with_planned

    design, weighed, families = _needed(held, outcomes, contrasts)
    found = estimate_effects(
        held.frame,
        design,
        weighed,
        draws,
        seed,
        families=families,
        sesoi=held.smallest_effects or None,
    )
    for column, wanted in (("outcome", outcomes), ("contrast", contrasts)):
        if wanted is not None:
            found = found[found[column].isin(wanted)]
    return with_planned(found.reset_index(drop=True), held.plan)


def _needed(
    held: Analysed, outcomes: Sequence[str] | None, contrasts: Sequence[str] | None
) -> tuple[Design, list[Contrast], Any]:
    """The outcomes, contrasts and families without which adjusted p-values would be wrong."""
    design, every = held.design, held.design.contrasts()
    families = held.families
    if families is None:  # each contrast its own family of all outcomes
        names = {c.name for c in every} if contrasts is None else set(contrasts)
        return design, [c for c in every if c.name in names], None
    keys = {o.key for o in design.outcomes} if outcomes is None else set(outcomes)
    names = {c.name for c in every} if contrasts is None else set(contrasts)
    used = [f for f in families if any(o in keys and c in names for _, o, c in f.members)]
    keys |= {o for f in used for _, o, _ in f.members}
    names |= {c for f in used for _, _, c in f.members}
    one = replace(design, outcomes=[o for o in design.outcomes if o.key in keys])
    weighed = [c for c in every if c.name in names]
    return one, weighed, [f for f in families if _inside(f, keys, names)]


def _inside(family: Any, keys: set[str], names: set[str]) -> bool:
    return all(o in keys and c in names for _, o, c in family.members)


def chosen(
    found: pd.DataFrame,
    *,
    outcome: str | None = None,
    contrast: str | None = None,
    by: str | None = None,
    planned: bool | None = None,
) -> pd.DataFrame:
    """Keep the rows of an effects frame that are asked for, or say what there is instead."""
    from analysis.effects import POOLED

    found = _only(found, "outcome", outcome, " with effects")
    found = _only(found, "contrast", contrast, " here")
    if by not in (None, "area", "pooled"):
        raise BadInput(f"Effects are by area or pooled, not by “{by}”.")
    if by == "pooled" and POOLED not in set(found["area"]):  # one area is all there is to pool
        found = found.assign(area=POOLED)
    if by is not None:
        found = found[(found["area"] == POOLED) == (by == "pooled")]
    if planned is not None:
        found = found[found["planned"].fillna(False).astype(bool) == planned]
    return found.reset_index(drop=True)


def _only(found: pd.DataFrame, column: str, name: str | None, where: str) -> pd.DataFrame:
    if name is None:
        return found
    kept = found[found[column] == name]
    if kept.empty:
        there = ", ".join(found[column].unique())
        raise BadInput(f"There is no {column} “{name[:80]}”{where}; there are: {there}.")
    return kept


def one_effect(
    db: Database, wave_key: str | None, outcome: str | None, contrast: str | None
) -> tuple[Row, pd.DataFrame]:
    """Estimate one contrast of one outcome by area; the planned primary ones where not said.

    Without a frozen plan they are the design's first. Returns issue, outcome and contrast, and a
    frame of area, estimate, ci_low, ci_high, n (of the arms compared), p_value and note: empty
    where the wave has no answers yet and none is asked for.
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

    held = analysed(db, wave_id)
    frame, design = held.frame, held.design
    asked = {o.key: o for o in design.outcomes if o.can_respond}
    first = outcome if outcome is not None else next(iter(held.primary_outcomes), None)
    picked = _pick("outcome", asked, first) if asked else None
    named = contrast if contrast is not None else held.primary_contrast.name
    weighed = _pick("contrast", {c.name: c for c in design.contrasts()}, named)
    one = design if picked is None else replace(design, outcomes=[picked])
    found = estimate_effects(frame, one, [weighed], draws=0)
    found = found[found["area"] != POOLED].reset_index(drop=True)
    arms = [arm for arm, weight in zip(design.arms, weighed.weights, strict=True) if weight]
    found["n"] = found[[f"n_{arm}" for arm in arms]].sum(axis=1)
    top = found.iloc[0]
    return {name: top[name] for name in facts}, found.reindex(columns=columns)


def first_effects(db: Database, wave_id: int) -> Row:
    """Sum a wave up: `respondents` by area id, `answered` by area id and issue, `effects` by both.

    Somebody answered on an issue who answered any of its outcomes; the effect is that of the
    issue's first outcome in the primary contrast, by the keys of area and issue. A planned primary
    outcome comes first.
    """
    from analysis.effects import estimate_effects

    held = analysed(db, wave_id)
    frame, design = held.frame, held.design
    counted: Row = {"respondents": Counter(frame["area_id"].to_list())}
    counted |= {"answered": _answered(frame, design), "effects": {}}
    primary = held.plan.primary_outcomes if held.plan else ()
    ordered = sorted(design.outcomes, key=lambda o: o.key not in primary)
    first = {o.issue: o for o in reversed(ordered) if o.can_respond and o.issue}
    if not first:
        return counted
    one = replace(design, outcomes=list(first.values()))
    found = estimate_effects(frame, one, [held.primary_contrast], draws=0)
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
