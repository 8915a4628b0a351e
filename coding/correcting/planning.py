"""What a correction would do to codings, worked out before anything is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlite_utils import Database

from ..checks import Row
from ..errors import BadInput, NotFound
from ..transcripts import list_turns
from ..turns import count_words
from .anchoring import Anchors, Passage
from .asked import Asked, NewTurn, PlannedTurn, check_version, planned, rewrite
from .versions import text_of, turns_of

CODINGS = """
    SELECT c.id, c.start, c."end", c.quote, c.code_id, c.coder_id, k.name AS code, k.colour,
        o.name AS coder, (SELECT count(*) FROM memo m WHERE m.coding_id = c.id) AS memos
    FROM coding c JOIN code k ON k.id = c.code_id JOIN coder o ON o.id = c.coder_id
    WHERE c.transcript_id = ? ORDER BY c.start, c."end", c.id
    """
GONE, DOUBLE = "its words are gone", "it would be the same as another coding"


@dataclass(frozen=True)
class Moved:
    """A coding, or a quote of a story, and where it would be; `now` is None where it is lost."""

    row: Row
    now: Passage | None
    why: str = ""

    @property
    def moves(self) -> bool:
        """Whether anything of it changes."""
        return self.now is None or (self.now.start, self.now.end, self.now.quote) != (
            self.row["start"], self.row["end"], self.row["quote"]
        )  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """A correction that can be looked at, and then stored as it was seen."""

    transcript_id: int
    asked: Asked
    anchors: Anchors
    codings: tuple[Moved, ...]

    def of(self, how: str) -> list[Moved]:
        """List the codings that stay the same, are unsure, changed or lost."""
        return [one for one in self.codings if (one.now.how if one.now else "lost") == how]

    @property
    def seal(self) -> str:
        """Return what the plan is known by: another text or another coding is another plan."""
        facts = [self.asked.version, self.asked.new, self.asked.turns]
        told = [(one.row["id"], one.row["quote"], one.now) for one in self.codings]
        return sha256(repr((facts, told)).encode()).hexdigest()


def plan_correction(
    db: Database, transcript_id: int, version: int, first: int, last: int, turns: Sequence[NewTurn]
) -> Plan:
    """Plan to write the turns `first` to `last`, by their numbers, anew."""
    asked = rewrite(db, transcript_id, version, first, last, turns)
    now = tuple(planned(turn) for turn in list_turns(db, transcript_id))
    if asked.new == asked.old and asked.turns == now:
        raise BadInput("Nothing is changed yet; correct the words or who says them first.")
    return _plan(db, transcript_id, asked)


def plan_return(db: Database, transcript_id: int, version: int, earlier: int) -> Plan:
    """Plan to bring back an earlier version of the text as the newest."""
    check_version(db, transcript_id, version)
    if earlier == version:
        raise BadInput(f"Version {earlier} is the newest already.")
    if not 1 <= earlier < version:
        raise NotFound(f"There is no earlier version {earlier} of this transcript.")
    old, new = text_of(db, transcript_id, version), text_of(db, transcript_id, earlier)
    present = {turn["id"] for turn in list_turns(db, transcript_id)}
    turns = tuple(
        PlannedTurn(
            turn["id"] if turn["id"] in present else None,
            turn["start"], turn["speech_start"], turn["end"],
            count_words(new[turn["speech_start"] : turn["end"]]),
            turn["speaker"], turn["own_issue_id"], turn["time"],
        )
        for turn in turns_of(db, transcript_id, earlier)
    )  # fmt: skip
    return _plan(db, transcript_id, Asked(version, old, new, turns))


def _plan(db: Database, transcript_id: int, asked: Asked) -> Plan:
    anchors = Anchors(asked.old, asked.new)
    taken: set[tuple[int, int, int, int]] = set()
    moved = []
    for row in db.query(CODINGS, [transcript_id]):
        now = anchors.place(row["start"], row["end"])
        key = now and (now.start, now.end, row["code_id"], row["coder_id"])
        if now is None:
            moved.append(Moved(row, None, GONE))
        elif key in taken:
            moved.append(Moved(row, None, DOUBLE))
        else:
            taken.add((now.start, now.end, row["code_id"], row["coder_id"]))
            moved.append(Moved(row, now))
    return Plan(transcript_id, asked, anchors, tuple(moved))
