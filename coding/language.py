"""The language model: which one is used, loaded once, and what it says of each turn, kept.

A transcript is parsed once and kept in the study until its words, the model, or a name of the
gazetteer that stands in it change. spaCy is imported only where something is parsed or read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sqlite_utils import Database

from . import gazetteer, parsed
from .errors import NotFound
from .language_models import Model, installed_model, load, parser_version
from .parsed import forget, kept_models, kept_size
from .pipelines import Pipeline
from .transcripts import list_turns

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = [
    "Fresh",
    "Model",
    "Parsed",
    "drop_stale",
    "forget",
    "installed_model",
    "keep",
    "kept_models",
    "kept_size",
    "load",
    "parse",
    "pipeline",
    "read",
    "unparsed",
]
# What is kept of each token besides its text; ENT_ID tells the study's own names from the model's.
KEPT = ("LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "ENT_ID", "SENT_START")


@dataclass(frozen=True)
class Parsed:
    """A transcript's turns as parsed, one doc a turn, the moderator's and empty ones as well.

    A token's place in the transcript is its turn's `speech_start` and its own `idx`, both in code
    points; leave out the turns whose `role` is not wanted.
    """

    transcript_id: int
    turns: list[dict[str, object]]
    docs: list[Doc]


@dataclass(frozen=True)
class Fresh:
    """A transcript just parsed: what `keep` takes, with the digest of what it was parsed from."""

    key: str
    docs: bytes


def pipeline(db: Database) -> Pipeline:
    """Return the model with all of the study's names in front of its own, for any text."""
    return Pipeline(gazetteer.entries(db))


def unparsed(db: Database) -> list[int]:
    """List the transcripts that are not kept as they stand, with this model and these names."""
    kept = parsed.kept_digests(db)
    return [number for number, key in _keys(db) if kept.get(number) != key]


def parse(db: Database, transcript_id: int) -> Fresh:
    """Parse the turns of a transcript; stores nothing. Raises NotFound where there is none."""
    from spacy.tokens import DocBin

    _, text, spans = _source(db, transcript_id)
    names = gazetteer.names_for(text, gazetteer.entries(db))
    places = [tuple(map(int, span.split())) for span in spans.split(",") if span]
    found = DocBin(attrs=list(KEPT))
    for doc in Pipeline(names).pipe(text[start:end] for start, end in places):
        found.add(doc)
    return Fresh(parsed.digest(_maker(), names, text, spans), found.to_bytes())


def keep(db: Database, transcript_id: int, fresh: Fresh) -> bool:
    """Keep a transcript just parsed, inside `writing`; returns False where it changed meanwhile."""
    try:
        key = _key(db, transcript_id)
    except NotFound:
        return False
    if key == fresh.key:
        parsed.store(db, transcript_id, key, installed_model().label, fresh.docs)
    return key == fresh.key


def drop_stale(db: Database) -> int:
    """Drop what is kept of words that no longer stand so, inside `writing`; returns how many."""
    stale = set(unparsed(db)) & parsed.kept_digests(db).keys()
    for transcript_id in stale:
        forget(db, transcript_id)
    return len(stale)


def read(db: Database, transcript_ids: Iterable[int]) -> Iterator[Parsed]:
    """Read kept transcripts back, one at a time, parsing anew those that are not kept.

    Parsing takes about two seconds per 10,000 words, so a page asks `unparsed` first.
    """
    from spacy.tokens import DocBin

    vocabulary = load().vocab
    for transcript_id in transcript_ids:
        key = _key(db, transcript_id)
        docs = parsed.kept_docs(db, transcript_id, key) or parse(db, transcript_id).docs
        turns = list_turns(db, transcript_id)
        yield Parsed(transcript_id, turns, list(DocBin().from_bytes(docs).get_docs(vocabulary)))


@cache
def _maker() -> str:
    """Name all that a parse depends on besides the words; another one makes kept ones stale."""
    return " ".join([installed_model().label, parser_version(), *KEPT])


def _keys(db: Database, transcript_id: int | None = None) -> Iterator[tuple[int, str]]:
    known = gazetteer.entries(db)
    for number, text, spans in parsed.sources(db, transcript_id):
        names = gazetteer.names_for(text, known)
        yield number, parsed.digest(_maker(), names, text, spans)


def _key(db: Database, transcript_id: int) -> str:
    for _, key in _keys(db, transcript_id):
        return key
    raise NotFound(f"There is no transcript {transcript_id} in this study.")


def _source(db: Database, transcript_id: int) -> tuple[int, str, str]:
    for source in parsed.sources(db, transcript_id):
        return source
    raise NotFound(f"There is no transcript {transcript_id} in this study.")
