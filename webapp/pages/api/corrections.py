"""Correct a transcript as JSON: look first, then save what was seen."""

from functools import partial
from typing import Any

from sqlite_utils import Database

from coding import transcripts
from coding.correcting import NewTurn, plan_correction
from coding.errors import BadInput
from linkage.correcting import Look, correct, look

from ...current import as_coder, study
from ...openapi import described
from ..transcripts.correcting import refuse_blind
from .blueprint import TRANSCRIPT, pages

Row = dict[str, Any]


@pages.post(f"{TRANSCRIPT}/corrections")
@described(
    "Words",
    "Corrected",
    sent="NewCorrection",
    refused={409: "Somebody corrected it first, or this is no longer what was looked at."},
)
def correct_transcript(transcript_id: int, sent: Row) -> Row:
    """Write turns of a transcript anew; codings stay at their words.

    Nothing is stored where `dry_run` is true. More turns than were there are a split, fewer a
    join. With `seen`, the correction is refused where it would do anything else by now.
    """
    refuse_blind()
    title = transcripts.get_transcript(study().db, transcript_id)["title"]
    planning = partial(_planned, transcript_id=transcript_id, sent=sent)
    if sent.get("dry_run"):
        return _told(look(study().db, planning), sent["version"])

    def run(db: Database, coder_id: int) -> Row:
        now = look(db, planning)
        return _told(now, correct(db, planning, coder_id, sent.get("seen")))

    told: Row = study().change(f"correct a turn of “{title}”", as_coder(run), kind="fixed")
    return told


def _planned(db: Database, transcript_id: int, sent: Row) -> Any:
    turns = transcripts.list_turns(db, transcript_id)
    numbers = {turn["position"]: turn["id"] for turn in turns}
    first = sent["first"]
    last = sent.get("last") or first
    if first not in numbers or last not in numbers:
        raise BadInput(f"This transcript has turns 1 to {len(turns)}.")
    written = [NewTurn(turn["text"], turn.get("speaker")) for turn in sent["turns"]]
    version = sent["version"]
    return plan_correction(db, transcript_id, version, numbers[first], numbers[last], written)


def _told(found: Look, version: int) -> Row:
    return {
        "version": version,
        "seen": found.seal,
        "same": len(found.plan.of("same")),
        "unsure": [_moved(one) for one in found.plan.of("unsure")],
        "changed": [_moved(one) for one in found.plan.of("changed")],
        "lost": [_moved(one) for one in found.plan.of("lost")],
        "altered_story_quotes": [_moved(one) for one in found.altered],
        "blocking_story_quotes": [_moved(one) for one in found.blocking],
    }


def _moved(one: Any) -> Row:
    return {
        "id": one.row["id"], "quote": one.row["quote"], "now": one.now.quote if one.now else None
    }  # fmt: skip
