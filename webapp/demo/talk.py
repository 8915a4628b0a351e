"""The demonstration's transcripts, speakers, sections and codings."""

from pathlib import Path
from typing import Any

from sqlite_utils import Database

from coding import codebook, codings, groups, speakers, transcripts
from linkage import areas

Row = dict[str, Any]
FORM = "Consent form 2, January 2025"


def add_codebook(db: Database, book: Row) -> dict[str, int]:
    """Add themes and codes; returns each code's number by name."""
    numbers: dict[str, int] = {}
    for theme in book["theme"]:
        theme_id = codebook.add_code(db, theme["name"], definition=theme["definition"])
        for code in theme["code"]:
            told = {key: code[key] for key in ("definition", "include", "exclude", "example")}
            numbers[code["name"]] = codebook.add_code(db, code["name"], theme_id, **told)
    return numbers


def add_group_talk(db: Database, folder: Path, group: Row, area_id: int, wave_id: int) -> int:
    """Add a focus group with its transcript, speakers and sections; returns the transcript."""
    group_id = groups.add_group(
        db,
        area_id,
        group["name"],
        group["phase"],
        group["held_on"],
        group["attendance"],
        wave_id,
    )
    found = transcripts.preview(folder / group["file"], moderators=[group["moderator"]])
    transcript_id = transcripts.import_transcript(db, found, group_id, title=group["name"])
    _describe_speakers(db, group, group_id)
    _set_sections(db, transcript_id, group["sections"])
    return transcript_id


def _describe_speakers(db: Database, group: Row, group_id: int) -> None:
    known = {row["name"]: row["id"] for row in speakers.list_speakers(db, group_id)}
    for person in group["speaker"]:
        speaker_id = known[person["name"]]
        told = {
            "age": person["age"],
            "gender": person["gender"],
            "years here": person["years_here"],
        }
        speakers.set_attributes(db, speaker_id, told)
        for use in ("analysis", "publication", "message", "archive"):
            given = use in person["consent"]
            speakers.set_consent(
                db, speaker_id, use, given, form_version=FORM, decided_on=group["held_on"]
            )


def _set_sections(db: Database, transcript_id: int, sections: list[Row]) -> None:
    text = transcripts.text(db, transcript_id)
    turns = transcripts.list_turns(db, transcript_id)
    starts = []
    for section in sections:
        (position,) = [
            turn["position"]
            for turn in turns
            if text[turn["speech_start"] : turn["end"]].startswith(section["first"])
        ]
        starts.append((position, areas.find_issue(db, section["issue"])["id"]))
    ends = [position - 1 for position, _ in starts[1:]] + [turns[-1]["position"]]
    for (first, issue_id), last in zip(starts, ends, strict=True):
        transcripts.set_issue(db, transcript_id, first, last, issue_id)


def find_quote(db: Database, transcript_id: int, quote: str) -> tuple[int, int, int, str]:
    """Find where a quote stands; it must occur exactly once."""
    text = transcripts.text(db, transcript_id)
    if text.count(quote) != 1:
        raise ValueError(f"occurs {text.count(quote)} times in transcript {transcript_id}: {quote}")
    start = text.index(quote)
    return transcript_id, start, start + len(quote), quote


def add_codings(
    db: Database, files: dict[str, int], rows: list[Row], coder: str, codes: dict[str, int]
) -> None:
    """Apply one coder's codings."""
    coder_id = areas.ensure_coder(db, coder)
    for row in rows:
        transcript_id, start, end, quote = find_quote(db, files[row["file"]], row["quote"])
        codings.add_coding(db, transcript_id, codes[row["code"]], coder_id, start, end, quote)
