"""The pieces of talk that are compared: turns, or three sentences at a time; no moderator's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlite_utils import Database

from ..language import Parsed, installed_model, read
from ..speakers import list_speakers
from .asking import Asked
from .heard import heard_turns
from .terms import Terms, sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

Progress = Callable[[int, int], object]
WINDOW = 3  # sentences
LEAST_TERMS = 3  # what has fewer is an aside


@dataclass(frozen=True)
class Said:
    """A sentence: where it stands in its transcript, in code points, and its terms."""

    start: int
    end: int
    terms: list[str]


@dataclass(frozen=True)
class Unit:
    """A piece of one turn, made of whole sentences."""

    transcript_id: int
    turn_id: int
    sentences: list[Said]

    @property
    def start(self) -> int:
        """Where it starts in its transcript."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.sentences[-1].end

    @property
    def terms(self) -> list[str]:
        """Its terms, in the order of the text."""
        return [term for said in self.sentences for term in said.terms]


def read_units(db: Database, asked: Asked, progress: Progress) -> list[Unit]:
    """Read the units of all transcripts; `progress(done, total)` counts transcripts."""
    heard = heard_turns(db, asked)
    wanted, numbers = (
        {t["id"] for t in heard},
        list(dict.fromkeys(t["transcript_id"] for t in heard)),
    )
    names = (person["name"] for person in list_speakers(db))
    terms = Terms(names, model=installed_model().module is not None)
    units: list[Unit] = []
    for done, parsed in enumerate(read(db, numbers), 1):
        units += _units(parsed, wanted, terms, asked.unit)
        progress(done, len(numbers))
    return units


def _units(parsed: Parsed, wanted: set[int], terms: Terms, kind: str) -> Iterator[Unit]:
    for turn, doc in zip(parsed.turns, parsed.docs, strict=True):
        if turn["id"] in wanted:
            number, shift = int(str(turn["id"])), int(str(turn["speech_start"]))
            said = _said(doc, shift, terms)
            size = WINDOW if kind == "sentences" else max(len(said), 1)
            for at in range(0, len(said), size):
                unit = Unit(parsed.transcript_id, number, said[at : at + size])
                if len(unit.terms) >= LEAST_TERMS:
                    yield unit


def _said(doc: Doc, shift: int, terms: Terms) -> list[Said]:
    text, found = doc.text, []
    for span, held in zip(sentences(doc), terms.of(doc), strict=True):
        words = text[span.start_char : span.end_char]
        start = span.start_char + len(words) - len(words.lstrip())
        end = span.start_char + len(words.rstrip())
        if end > start:
            found.append(Said(shift + start, shift + end, held))
    return found
