"""Quotes by a combination of codes, and by who said it, where and about what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from sqlite_utils import Database

from ..errors import BadInput
from .corpus import Corpus, load_corpus
from .intervals import count_overlapping, inside
from .word_places import FARTHEST, word_places

# How a quote stands to the codings of another code, in the words of the form.
HOWS = {
    "or": "or coded",
    "and": "and, in the same turn,",
    "not": "and not, in the same turn,",
    "overlapping": "overlapping",
    "apart": "not overlapping",
    "within": "within",
    "near": "near",
    "far": "not near",
}
DENIED = {"not": "and", "apart": "overlapping", "far": "near"}
UNITS = ("turns", "words")


@dataclass(frozen=True)
class Condition:
    """One line of a query: how, which code, and for near and far how far."""

    how: str
    code_id: int
    distance: int = 1
    unit: str = "turns"


@dataclass(frozen=True)
class Filters:
    """Whose talk: None is everybody's; `attribute` is a name and a value of a speaker."""

    phase: str | None = "source"
    area_id: int | None = None
    issue_id: int | None = None
    speaker_id: int | None = None
    coder_id: int | None = None
    attribute: tuple[str, str] | None = None


@dataclass(frozen=True)
class Found:
    """Quotes with their people; `by_area` has a row an area with who of how many said such."""

    ids: list[int]
    speakers: int
    groups: int
    by_area: pd.DataFrame = field(repr=False)


def find(
    db: Database,
    code_id: int | None = None,
    conditions: Sequence[Condition] = (),
    filters: Filters = Filters(),
) -> Found:
    """Find the quotes of a code that stand to other codes as the conditions say.

    A code takes in those nested under it. “or” widens the quotes one looks for; every other
    condition narrows them. No quote stands to itself in any way. A coder limits both sides.

    Parameters
    ----------
    db : Database
    code_id : int, optional
        None is every code.
    conditions : sequence of Condition
        `distance` is the most turns from one to the other (1: next to it) or the most words
        between both; passages that overlap are near.
    filters : Filters
        Area, phase and coder say what is looked at; issue, speaker and attribute which quotes
        are wanted: those that touch a turn for which all of these hold.

    Returns
    -------
    Found
        Ids in the order of the text; `speakers` are the participants in the turns the quotes
        touch, `groups` where they sat, `by_area` columns area_id, speakers, speakers_total, quotes.

    Raises
    ------
    BadInput
        Where a condition is unknown or too far.
    """
    corpus = load_corpus(
        db, phase=filters.phase, area_id=filters.area_id, coder_id=filters.coder_id
    )
    for condition in conditions:
        _check(condition)
    named = [code_id, *(c.code_id for c in conditions if c.how == "or")]
    kept = np.zeros(len(corpus.codings), dtype=bool)
    for code in named:
        kept |= _of_code(corpus, code)
    for condition in conditions:
        if condition.how != "or":
            kept &= _holds(db, corpus, condition, kept)
    return _found(corpus, kept, _wanted_turns(db, corpus, filters))


def _check(condition: Condition) -> None:
    if condition.how not in HOWS:
        raise BadInput(f"“{condition.how[:40]}” is none of {', '.join(HOWS)}.")
    if condition.unit not in UNITS:
        raise BadInput(f"Near is by turns or words, not “{condition.unit[:40]}”.")
    if not 0 <= condition.distance <= FARTHEST:
        raise BadInput(f"Near is within 0 to {FARTHEST} turns or words.")


def _of_code(corpus: Corpus, code_id: int | None) -> np.ndarray:
    if code_id is None:
        return np.ones(len(corpus.codings), dtype=bool)
    return corpus.codings["code_id"].isin(branch(corpus.codes, code_id)).to_numpy()


def branch(codes: pd.DataFrame, code_id: int) -> list[int]:
    """List a code and those nested under it: in the order of the tree they follow it."""
    ids, depths = codes["code_id"].tolist(), codes["depth"].tolist()
    if code_id not in ids:
        return []
    first = ids.index(code_id)
    last = first + 1
    while last < len(ids) and depths[last] > depths[first]:
        last += 1
    return ids[first:last]


def _holds(db: Database, corpus: Corpus, condition: Condition, kept: np.ndarray) -> np.ndarray:
    how = DENIED.get(condition.how, condition.how)
    others = _of_code(corpus, condition.code_id)
    if how == "near" and condition.unit == "words":
        start, end = word_places(db, corpus, kept | others)
    else:
        start, end = _ends(corpus, how)
    some = end > start  # a coding of a speaker's name alone touches no turn and no spoken word
    others = others & some
    beside = start[others], end[others]
    if how == "within":
        own = np.where(others, np.cumsum(others) - 1, -1)
        holds = inside(start, end, beside, own)
    else:
        reach = 0
        if how == "near":
            reach = condition.distance + (condition.unit == "words")
        near = count_overlapping(start - reach, end + reach, beside)
        holds = some & (near - others > 0)
    return ~holds if condition.how in DENIED else holds


def _ends(corpus: Corpus, how: str) -> tuple[np.ndarray, np.ndarray]:
    """Return where each coding begins and ends: in letters or in turns."""
    codings = corpus.codings
    if how in ("overlapping", "within"):
        return codings["start"].to_numpy(), codings["end"].to_numpy()
    # Transcripts stand so far apart that no distance reaches from one into the next.
    gap = pd.factorize(codings["transcript_id"])[0] * (len(corpus.turns) + 2 * FARTHEST)
    first, last = codings["first"].to_numpy(), codings["last"].to_numpy()
    return first + gap, np.maximum(first, last + 1) + gap


def _wanted_turns(db: Database, corpus: Corpus, filters: Filters) -> np.ndarray | None:
    """Say of each turn whether it is of the issue, speaker and attribute; None asks nothing."""
    turns, parts = corpus.turns, []
    if filters.issue_id is not None:
        parts.append(turns["issue_id"] == filters.issue_id)
    if filters.speaker_id is not None:
        parts.append(turns["speaker_id"] == filters.speaker_id)
    if filters.attribute is not None:
        who = [row[0] for row in db.execute(WITH_ATTRIBUTE, filters.attribute).fetchall()]
        parts.append(turns["speaker_id"].isin(who))
    return np.logical_and.reduce(parts) if parts else None


WITH_ATTRIBUTE = "SELECT speaker_id FROM speaker_attribute WHERE name = ? AND value = ?"


def _found(corpus: Corpus, kept: np.ndarray, wanted: np.ndarray | None) -> Found:
    pairs = corpus.pairs()
    pairs = pairs[kept[pairs["coding"]]]
    if wanted is not None:
        pairs = pairs[wanted[pairs["turn"]]]
        kept = kept & np.isin(np.arange(len(kept)), pairs["coding"])
    rows = corpus.codings[kept].sort_values(["start", "end", "id"])
    touched = corpus.turns.iloc[pairs["turn"].to_numpy()]
    people = touched[touched["participant"]]
    transcripts = corpus.turns.drop_duplicates("transcript_id").set_index("transcript_id")
    quotes = transcripts["area_id"].reindex(rows["transcript_id"]).value_counts()
    everybody = corpus.turns[corpus.turns["participant"]].groupby("area_id")["speaker_id"].nunique()
    areas = pd.DataFrame({"area_id": sorted(set(corpus.turns["area_id"]))})
    by_area = areas.assign(
        speakers=_looked(areas, people.groupby("area_id")["speaker_id"].nunique()),
        speakers_total=_looked(areas, everybody),
        quotes=_looked(areas, quotes),
    )
    groups = int(transcripts["focus_group_id"].reindex(rows["transcript_id"]).nunique())
    return Found(rows["id"].tolist(), int(people["speaker_id"].nunique()), groups, by_area)


def _looked(areas: pd.DataFrame, counts: pd.Series) -> pd.Series:
    return areas["area_id"].map(counts).fillna(0).astype("int64")
