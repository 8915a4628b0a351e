"""What must be said beside a joint display, printed by rule and never by choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from sqlite_utils import Database

from coding.codings import list_codings
from coding.queries import spoken_turns

from .areas import find_issue
from .figures import interval_words
from .joint import ALL_TALK
from .messages import list_messages
from .nudges import nudge_of
from .waves import find_wave_id

if TYPE_CHECKING:
    import pandas as pd

FEW_AREAS = 8
FEW_CODED = 0.1  # of the turns
WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")


@dataclass(frozen=True)
class Caveat:
    """One thing to say, and the rule that made it so."""

    rule: str
    text: str


@dataclass(frozen=True)
class _Shown:
    """What the rules look at."""

    db: Database
    wave: str | None
    display: pd.DataFrame
    areas: pd.DataFrame
    codings: list[dict[str, object]]

    @property
    def joined(self) -> pd.DataFrame:
        return self.areas[self.areas["estimate"].notna() & self.areas["prevalence"].notna()]


def caveats(db: Database, wave: str | None, display: pd.DataFrame) -> list[Caveat]:
    """List the caveats that a joint display needs, the weightiest first."""
    if display.empty:
        return []
    areas = display.drop_duplicates("area_id")
    shown = _Shown(db, wave, display, areas, list_codings(db))
    found = [(rule, say(shown)) for rule, say in RULES.items()]
    return [Caveat(rule, text) for rule, text in found if text]


def _few_areas(shown: _Shown) -> str:
    k = len(shown.joined)
    if not 1 <= k <= FEW_AREAS:
        return ""
    areas = f"{WORDS[k]} area{'s' if k > 1 else ''}"
    floor = _floor(shown)
    if floor is None:
        return f"{areas} with talk and effect: no association can be judged."
    if floor > 0.05:
        least = f"The smallest p attainable is {floor:.3f}."
        return f"{areas}: read this as a picture, not a test. {least}"
    return f"{areas}: the smallest p attainable, permuting whole areas, is {floor:.3f}."


def _floor(shown: _Shown) -> float | None:
    """Return the least of the themes' floors, as their ties allow."""
    from .association import attainable_floor

    floors = []
    for _, cells in shown.display.groupby("theme_id"):
        cells = cells[cells["estimate"].notna() & cells["prevalence"].notna()]
        if len(cells) > 2:
            floors.append(attainable_floor(cells["prevalence"], cells["estimate"]))
    return min((floor for floor in floors if isfinite(floor)), default=None)


def _intervals(shown: _Shown) -> str:
    known = shown.areas[shown.areas["ci_low"].notna()]
    through = int(((known["ci_low"] <= 0) & (known["ci_high"] >= 0)).sum())
    return interval_words(through, len(known)) + "." if len(known) else ""


def _shared_cells(shown: _Shown) -> str:
    if shown.display["theme_id"].nunique() < 2 or shown.joined.empty:
        return ""
    return "Cells of one area share its people and its effect; they are not separate observations."


def _not_population(shown: _Shown) -> str:
    if not shown.areas["denominator"].any():
        return ""
    return (
        "Prevalence counts people who came to a focus group; "
        "it is not how common a view is in the area."
    )


def _not_coded(shown: _Shown) -> str:
    """Say where talk bears no code, or so few that what is missing may only be unread."""
    talk = shown.areas[shown.areas["turns"] > 0]
    none = talk[talk["turns_coded"] == 0]["area_name"]
    few = talk[(talk["turns_coded"] > 0) & (talk["turns_coded"] < FEW_CODED * talk["turns"])]
    if none.empty and few.empty or not talk["turns_coded"].any():
        return ""
    told = [f"nothing coded yet in {', '.join(none)}"] if len(none) else []
    told += [
        f"{coded:,} of {turns:,} turns coded in {name}"
        for name, coded, turns in zip(
            few["area_name"], few["turns_coded"], few["turns"], strict=True
        )
    ]
    said = "; ".join(told)
    return f"{said[0].upper()}{said[1:]}: what is not coded cannot be counted."


def _other_issues(shown: _Shown) -> str:
    key = str(shown.display["issue"].iloc[0])
    if not key or set(shown.display["talk"]) != {ALL_TALK}:
        return ""
    issue = find_issue(shown.db, key)
    turns = [
        turn["issue_id"] != issue["id"]
        for turn in spoken_turns(shown.db)
        if turn["role"] != "moderator" and turn["words"] and turn["area_id"] in set(_ids(shown))
    ]
    if not any(turns):
        return ""
    return (
        f"The outcome is about {issue['name']}, the talk counted here about anything: "
        f"{sum(turns):,} of {len(turns):,} turns are about another issue or none."
    )


def _ids(shown: _Shown) -> list[int]:
    return [int(area_id) for area_id in shown.areas["area_id"]]


def _few_groups(shown: _Shown) -> str:
    few = shown.areas[shown.areas["groups_total"] < 2]
    return f"Fewer than two focus groups: {', '.join(few['area_name'])}." if len(few) else ""


def _same_groups(shown: _Shown) -> str:
    """Name the areas with an estimate whose story on the outcome's issue is from groups counted."""
    if nudge_of(_contrast(shown)) not in ("A", "both"):
        return ""
    issue = str(shown.display["issue"].iloc[0])
    told = {
        message["area_id"]
        for message in list_messages(shown.db, find_wave_id(shown.db, shown.wave))
        for sentence in message["sentences"]
        for quote in sentence["evidence"]
        if message["nudge"] == "A"
        and issue in ("", message["issue"])
        and quote["phase"] == "source"
    }
    estimated = shown.areas[shown.areas["estimate"].notna()]
    names = estimated[estimated["area_id"].isin(told)]["area_name"]
    if names.empty:
        return ""
    return (
        f"The local story and the talk counted here come from the same groups: {', '.join(names)}."
    )


def _people_and_message(shown: _Shown) -> str:
    if nudge_of(_contrast(shown)) not in ("A", "both") or len(shown.joined) < 2:
        return ""
    return (
        "Each area read its own local story, so differences between areas mix the people "
        "with the message they read."
    )


def _multiplicity(shown: _Shown) -> str:
    themes = shown.display["theme_id"].nunique()
    if themes < 2 or shown.joined.empty:
        return ""
    return (
        f"{themes} themes stand beside one effect, and no p value is adjusted for it: "
        "some will seem to go together by chance."
    )


def _coders(shown: _Shown) -> str:
    coders = {coding["coder_id"] for coding in shown.codings if coding["phase"] == "source"}
    if not coders:
        return "No talk from before the survey is coded yet."
    if len(coders) == 1:
        return "All codings are by one coder, so nobody knows whether another would agree."
    return f"Agreement between the {len(coders)} coders has not been computed."


def _test_phase(shown: _Shown) -> str:
    left_out = sum(coding["phase"] == "test" for coding in shown.codings)
    if not left_out:
        return ""
    codings = "1 coding" if left_out == 1 else f"{left_out:,} codings"
    return f"Left out of the counts: {codings} of groups that were shown findings."


def _weight(shown: _Shown) -> str:
    if shown.areas["estimate"].isna().all():
        return ""
    from analysis.responses import weight_note

    return weight_note(shown.db, find_wave_id(shown.db, shown.wave))


def _contrast(shown: _Shown) -> str:
    return str(shown.display["contrast"].iloc[0])


RULES: dict[str, Callable[[_Shown], str]] = {
    "few areas": _few_areas,
    "intervals": _intervals,
    "other issues": _other_issues,
    "not coded": _not_coded,
    "same groups": _same_groups,
    "people and message": _people_and_message,
    "shared cells": _shared_cells,
    "multiplicity": _multiplicity,
    "few groups": _few_groups,
    "weight": _weight,
    "not the population": _not_population,
    "coders": _coders,
    "test phase": _test_phase,
}
