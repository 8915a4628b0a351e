"""Who says a passage: the words of a quote traced to turns, speakers, group and consent."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from coding.checks import get
from coding.consent import GIVEN, NOT_RECORDED, Permits
from coding.groups import get_group
from coding.transcripts import list_turns

Row = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """Where a passage was said, by which participants, and whether messages may use it.

    `consent` is that of the least willing speaker: False where refused or withdrawn, None where
    not recorded. What the moderator says in it does not count.
    """

    transcript: str
    area_id: int
    area_name: str
    group_id: int
    group: str
    phase: str
    held_on: str | None
    group_wave_id: int | None
    turn_ids: tuple[int, ...]
    time: str | None
    speaker_ids: tuple[int, ...]
    speakers: tuple[str, ...]
    consent: bool | None

    @property
    def row(self) -> Row:
        """Return the facts for a page or as JSON."""
        return asdict(self)


class Passages:
    """Looks passages up; transcripts, turns and consents are read once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._places: dict[int, Row] = {}
        self._turns: dict[int, list[Row]] = {}
        self._permits: Permits | None = None

    def said(self, transcript_id: int, start: int, end: int) -> Said:
        """Say who said the passage, where, and with what consent."""
        turns = self.turns(transcript_id, start, end)
        heard = [turn for turn in turns if turn["role"] != "moderator"]
        speakers = {turn["speaker_id"]: turn["speaker"] for turn in heard if turn["speaker_id"]}
        consents = [self._consent(turn["speaker_id"]) for turn in heard]
        return Said(
            **self._place(transcript_id),
            turn_ids=tuple(turn["id"] for turn in turns),
            time=next((turn["time"] for turn in turns if turn["time"]), None),
            speaker_ids=tuple(speakers),
            speakers=tuple(speakers.values()),
            consent=_worst(consents),
        )

    def turns(self, transcript_id: int, start: int, end: int) -> list[Row]:
        """List the turns whose words the passage touches."""
        if transcript_id not in self._turns:
            self._turns[transcript_id] = list_turns(self._db, transcript_id)
        return [
            turn
            for turn in self._turns[transcript_id]
            if turn["speech_start"] < end and turn["end"] > start
        ]

    def _place(self, transcript_id: int) -> Row:
        if transcript_id not in self._places:
            transcript = get(self._db, "transcript", transcript_id, "transcript")
            group = get_group(self._db, transcript["focus_group_id"])
            area = get(self._db, "area", group["area_id"], "area")
            self._places[transcript_id] = {
                "transcript": transcript["title"],
                "area_id": area["id"],
                "area_name": area["name"],
                "group_id": group["id"],
                "group": group["name"],
                "phase": group["phase"],
                "held_on": group["held_on"],
                "group_wave_id": group["wave_id"],
            }
        return self._places[transcript_id]

    def _consent(self, speaker_id: int | None) -> bool | None:
        if self._permits is None:
            self._permits = Permits.read(self._db, "message")
        decision = self._permits.of_speakers([speaker_id])
        return None if decision == NOT_RECORDED else decision == GIVEN


def _worst(consents: list[bool | None]) -> bool | None:
    if False in consents:
        return False
    return None if None in consents or not consents else True
