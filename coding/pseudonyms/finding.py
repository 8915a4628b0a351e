"""Find what identifies people, in one text or in all transcripts of a study.

Rules, the roster, the speakers and the model each propose; what is found for certain in one place
is then found in every other. A proposal decides nothing, and what is not proposed may identify.
"""

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from .. import gazetteer as gazetteers
from .. import language
from ..speakers import list_speakers
from ..transcripts import list_transcripts, list_turns
from ..transcripts import text as text_of
from . import addresses, capitals, entities, jobs, organisations, patterns, people, phones, places
from .common_words import COUNTRIES
from .dictionary import Dictionary, dictionary
from .kinds import ORGANISATION, PERSON, PLACE, SURE, Found
from .merging import merged
from .names import NameBook
from .person_names import is_role
from .words import fold, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Found", "find_identifiers", "find_in", "not_looked_for"]

Row = dict[str, Any]
Progress = Callable[[int, int], object]
_KINDS = {"PLACE": PLACE, "GROUP": ORGANISATION, "PERSON": PERSON}
# A place of several words is looked for everywhere although nothing is sure of it.
LEAST_OF_PLACE = 0.4
ROSTER, SPEAKER, LISTED, ELSEWHERE = 0.97, 0.97, 0.9, 0.9


def find_in(
    text: str,
    doc: "Doc | None" = None,
    *,
    roster: Iterable[str] = (),
    gazetteer: Iterable[tuple[str, str]] = (),
    areas: Collection[str] = (),
) -> list[Found]:
    """Find what may identify people in a text; findings do not overlap and are in order.

    `doc` is the text as the model parsed it, without which the model's names are not looked for.
    `roster` holds people's names, `gazetteer` names with their kind (PLACE, GROUP or PERSON), and
    `areas` names that are never proposed by themselves, such as the areas of the study.
    """
    docs = [] if doc is None else [(0, doc)]
    known = dictionary()
    book = _book(roster, (), gazetteer, known)
    first = _first_look(text, docs, known)
    _add_sure(book, [(text, first)])
    return _second_look(text, first, book, areas)


def find_identifiers(
    db: Database,
    transcript_ids: Iterable[int] | None = None,
    *,
    roster: Iterable[str] = (),
    progress: Progress | None = None,
) -> list[Row]:
    """Find what may identify people in transcripts; what is certain in one is found in all.

    Returns rows transcript_id, turn_id (None outside of turns), start, end (code points in the
    transcript, marks of speakers included), text, kind, source, certainty, also.
    """
    if transcript_ids is None:
        transcript_ids = [row["id"] for row in list_transcripts(db)]
    wanted = list(transcript_ids)
    areas = {row["name"] for row in db.query("SELECT name FROM area")}
    known = dictionary()
    listed = [entry for entry in gazetteers.entries(db) if entry.name not in areas]
    book = _book(roster, [row["name"] for row in list_speakers(db)], listed, known)
    looked: list[tuple[int, str, list[Found]]] = []
    for parsed in language.read(db, wanted):
        looked.append(_look(db, parsed, known))
        _tell(progress, len(looked), 2 * len(wanted))
    _add_sure(book, [(words, found) for _, words, found in looked])
    rows: list[Row] = []
    for number, (transcript_id, words, found) in enumerate(looked, len(wanted) + 1):
        rows += _rows(db, transcript_id, _second_look(words, found, book, areas))
        _tell(progress, number, 2 * len(wanted))
    return rows


def not_looked_for() -> str:
    """Say what is not looked for because no language model is installed, or nothing."""
    if language.installed_model().module:
        return ""
    return (
        "No language model is installed, so people, places and organisations are only found where"
        " the roster, the speakers, a list of first names or the wording tell of them."
        f" {language.installed_model().advice}"
    )


def _look(
    db: Database, parsed: language.Parsed, known: Dictionary | None
) -> tuple[int, str, list[Found]]:
    words = text_of(db, parsed.transcript_id)
    starts = [int(str(turn["speech_start"])) for turn in parsed.turns]
    docs = list(zip(starts, parsed.docs, strict=True))
    return parsed.transcript_id, words, _first_look(words, docs, known)


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress:
        progress(done, total)


def _first_look(text: str, docs: list[tuple[int, "Doc"]], known: Dictionary | None) -> list[Found]:
    found = [*patterns.find(text), *phones.find(text), *places.find(text)]
    found += [*addresses.find(text, known), *organisations.find(text, known)]
    words = words_of(text)
    found += [*people.find(text, words, known), *capitals.find(text, words)]
    for offset, doc in docs:
        found += entities.find(doc, offset, known)
    return found


def _second_look(
    text: str, first: list[Found], book: NameBook, areas: Collection[str]
) -> list[Found]:
    found = [*first, *book.find(text, words_of(text))]
    found += jobs.find(text, found)
    spared = {fold(name) for name in areas} | COUNTRIES
    return [one for one in merged(text, found) if fold(one.text) not in spared]


def _book(
    roster: Iterable[str],
    speakers: Iterable[str],
    listed: Iterable[tuple[str, str]],
    known: Dictionary | None,
) -> NameBook:
    book = NameBook(known=known)
    for name in speakers:
        if not is_role(name):
            book.add_person(name, "speakers", SPEAKER)
    for name in roster:
        book.add_person(name, "roster", ROSTER)
    for name, kind in listed:
        if kind == "PERSON":
            book.add_person(name, "gazetteer", LISTED)
        else:
            book.add_whole(name, _KINDS.get(kind, PLACE), "gazetteer", LISTED)
    return book


def _add_sure(book: NameBook, looked: list[tuple[str, list[Found]]]) -> None:
    """Add to the book the names that some place made sure of."""
    for _, found in looked:
        for one in found:
            long_place = one.kind == PLACE and " " in one.text and one.certainty > LEAST_OF_PLACE
            if (one.certainty < SURE and not long_place) or "\n" in one.text:
                continue
            if one.kind in (PERSON, PLACE, ORGANISATION):
                book.add_found(one.text, one.kind, one.certainty * ELSEWHERE)


def _rows(db: Database, transcript_id: int, found: list[Found]) -> list[Row]:
    turns = list_turns(db, transcript_id)
    rows, place = [], 0
    for one in found:
        while place < len(turns) and turns[place]["end"] <= one.start:
            place += 1
        inside = place < len(turns) and turns[place]["start"] <= one.start
        row = {"transcript_id": transcript_id, "turn_id": turns[place]["id"] if inside else None}
        rows.append(
            row
            | {"start": one.start, "end": one.end, "text": one.text, "kind": one.kind}
            | {"source": one.source, "certainty": one.certainty, "also": list(one.also)}
        )
    return rows
