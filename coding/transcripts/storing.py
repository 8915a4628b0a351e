"""Store a transcript as previewed; rename and delete it."""

from sqlite_utils import Database

from ..checks import check_name, get, insert, now
from ..errors import BadInput
from ..migrations import pieces
from ..turns import count_words
from .previewing import Preview


def import_transcript(
    db: Database,
    preview: Preview,
    group_id: int,
    *,
    issue_id: int | None = None,
    title: str | None = None,
) -> int:
    """Store the transcript, its text, speakers and turns; returns its number.

    A name that the focus group knows already is the same speaker, in the role already given.
    """
    get(db, "focus_group", group_id, "focus group")
    if issue_id is not None:
        get(db, "issue", issue_id, "issue")
    title = check_name(preview.title if title is None else title, "a transcript")
    _check_new(db, preview, group_id, title)
    with db.atomic():
        row = {
            "focus_group_id": group_id,
            "issue_id": issue_id,
            "title": title,
            "file_name": preview.file_name,
            "file_sha256": preview.sha256,
            "imported_at": now(),
        }
        transcript_id = insert(db, "transcript", row)
        version = {"transcript_id": transcript_id, "version": 1}
        db.table("transcript_text").insert_all(
            {**version, "start": start, "text": piece} for start, piece in pieces(preview.text)
        )
        _store_turns(db, preview, transcript_id, _store_speakers(db, preview, group_id))
    return transcript_id


def rename_transcript(db: Database, transcript_id: int, title: str) -> None:
    """Give a transcript another title."""
    transcript = get(db, "transcript", transcript_id, "transcript")
    title = check_name(title, "a transcript")
    if title != transcript["title"]:
        _check_title(db, title)
        db.table("transcript").update(transcript_id, {"title": title})


def delete_transcript(db: Database, transcript_id: int) -> None:
    """Delete a transcript with its turns, codings and memos; refused while a story quotes it."""
    transcript = get(db, "transcript", transcript_id, "transcript")
    try:
        db.table("transcript").delete(transcript_id)
    except db.conn.IntegrityError as error:
        raise BadInput(
            f"“{transcript['title']}” is quoted in a story; take the quote out of the story first."
        ) from error


def _check_new(db: Database, preview: Preview, group_id: int, title: str) -> None:
    same = list(
        db.table("transcript").rows_where(
            "focus_group_id = ? AND file_sha256 = ?", [group_id, preview.sha256]
        )
    )
    if same:
        raise BadInput(
            f"{preview.file_name} is already in this focus group, as “{same[0]['title']}”."
        )
    _check_title(db, title)


def _check_title(db: Database, title: str) -> None:
    if db.table("transcript").count_where("title = ?", [title]):
        raise BadInput(f"There is a transcript “{title}” already; give this one another title.")


def _store_speakers(db: Database, preview: Preview, group_id: int) -> dict[str, int]:
    known = db.table("speaker").rows_where("focus_group_id = ?", [group_id])
    ids = {str(row["name"]): int(row["id"]) for row in list(known)}
    for speaker in preview.speakers:
        if speaker.name not in ids:
            row = {"focus_group_id": group_id, "name": speaker.name, "role": speaker.role}
            ids[speaker.name] = insert(db, "speaker", row)
    return ids


def _store_turns(
    db: Database, preview: Preview, transcript_id: int, speakers: dict[str, int]
) -> None:
    rows = [
        {
            "transcript_id": transcript_id,
            "position": position,
            "start": turn.start,
            "speech_start": turn.speech_start,
            "end": turn.end,
            "words": count_words(preview.speech(turn)),
            "speaker_id": speakers[turn.speaker] if turn.speaker else None,
            "time": turn.time,
        }
        for position, turn in enumerate(preview.turns, start=1)
    ]
    db.table("turn").insert_all(rows)
