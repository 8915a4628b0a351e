"""What a person asks a transcript to become: some turns in a row, written anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from ..checks import CONTROL_IN_TEXT, Row, check_name, get
from ..errors import BadInput, Conflict
from ..marks import parse_mark
from ..transcripts import list_turns, text
from ..turns import count_words

LONGEST = 400_000


@dataclass(frozen=True)
class NewTurn:
    """The words of a turn, and who says them; None is nobody named."""

    text: str
    speaker: str | None


@dataclass(frozen=True)
class PlannedTurn:
    """A turn as a span of the corrected text; `id` is None where it is new."""

    id: int | None
    start: int
    speech_start: int
    end: int
    words: int
    speaker: str | None
    issue_id: int | None
    time: str | None


@dataclass(frozen=True)
class Asked:
    """The whole text and its turns as they would be, and the stretch that is written anew."""

    version: int
    old: str
    new: str
    turns: tuple[PlannedTurn, ...]


def rewrite(
    db: Database, transcript_id: int, version: int, first: int, last: int, turns: Sequence[NewTurn]
) -> Asked:
    """Write the turns from `first` to `last`, by their numbers, anew; nothing is stored.

    More turns than before are a split, fewer a join. Raises Conflict where the text is no longer
    of that version.
    """
    check_version(db, transcript_id, version)
    known = list_turns(db, transcript_id)
    a, b = (_position(known, number) for number in (first, last))
    if not a <= b or not turns:
        raise BadInput("Choose turns in a row, the first before the last.")
    whole = text(db, transcript_id)
    new, spans = _written(whole, known[a : b + 1], [_checked(turn) for turn in turns])
    start, end = known[a]["start"], known[b]["end"]
    corrected = whole[:start] + new + whole[end:]
    shift = len(new) - (end - start)
    before = [planned(turn) for turn in known[:a]]
    after = [planned(turn, shift) for turn in known[b + 1 :]]
    return Asked(version, whole, corrected, (*before, *spans, *after))


def check_version(db: Database, transcript_id: int, version: int) -> None:
    """Raise Conflict unless the transcript's text is of this version."""
    transcript = get(db, "transcript", transcript_id, "transcript")
    if transcript["text_version"] != version:
        raise Conflict(
            "Somebody corrected this transcript meanwhile, and nothing of yours is saved yet; "
            "look again at what it would change.",
            {"version": transcript["text_version"]},
        )


def planned(turn: Row, shift: int = 0) -> PlannedTurn:
    """Take a turn as it is, at a place moved by so many characters."""
    return PlannedTurn(
        turn["id"], turn["start"] + shift, turn["speech_start"] + shift, turn["end"] + shift,
        turn["words"], turn["speaker"], turn["own_issue_id"], turn["time"],
    )  # fmt: skip


def _position(turns: list[Row], number: int) -> int:
    for place, turn in enumerate(turns):
        if turn["id"] == number:
            return place
    raise Conflict("That turn is no longer in this transcript; choose it again from the list.")


def _checked(turn: NewTurn) -> NewTurn:
    words = turn.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not count_words(words):
        raise BadInput("A turn needs words; to do away with one, join it to the turn before.")
    if len(words) > LONGEST:
        raise BadInput(f"A turn may have {LONGEST:,} characters; split this one.")
    if CONTROL_IN_TEXT.search(words):
        raise BadInput("The turn holds a control character; type it again.")
    name = turn.speaker if turn.speaker and turn.speaker.strip() else None
    return NewTurn(words, check_name(name, "a speaker") if name else None)


def _written(whole: str, old: list[Row], turns: Sequence[NewTurn]) -> tuple[str, list[PlannedTurn]]:
    """Lay the new turns one after the other, each behind its mark where the old had one."""
    at = old[0]["start"]
    new, spans = "", []
    for place, turn in enumerate(turns):
        was = old[min(place, len(old) - 1)]
        kept = place < len(old)
        if place:
            new += "\n"
        mark = _mark(whole[was["start"] : was["speech_start"]], was["speaker"], turn.speaker, kept)
        start = at + len(new)
        new += mark + turn.text
        spans.append(
            PlannedTurn(
                was["id"] if kept else None,
                start,
                start + len(mark),
                at + len(new),
                count_words(turn.text),
                turn.speaker,
                was["own_issue_id"],
                was["time"] if kept else None,
            )  # fmt: skip
        )
    return new, spans


def _mark(mark: str, speaker: str | None, named: str | None, kept: bool) -> str:
    """Let the mark name who speaks now; a text that names nobody in its marks goes on so."""
    if not mark or (kept and speaker == named):
        return mark
    if not kept:
        return f"{named}: " if named else ""
    label = parse_mark(mark).label or speaker
    if not named or not label or label not in mark:
        return mark if not named and not label else (f"{named}: " if named else "")
    return mark.replace(label, named, 1)
