"""Who has finished coding which transcript: without it, no codings mean nothing yet."""

from collections import Counter
from collections.abc import Iterable

from sqlite_utils import Database

from .checks import Row, get, insert, now


def finish(db: Database, transcript_id: int, coder_id: int) -> None:
    """Mark a transcript as coded by a coder, to its end; again is no change."""
    get(db, "transcript", transcript_id, "transcript")
    get(db, "coder", coder_id, "coder")
    row: Row = {"transcript_id": transcript_id, "coder_id": coder_id}
    if not db.table("finished_coding").count_where(SAME, row):
        insert(db, "finished_coding", {**row, "finished_at": now()})


SAME = "transcript_id = :transcript_id AND coder_id = :coder_id"


def reopen(db: Database, transcript_id: int, coder_id: int) -> None:
    """Take the mark back: the coder is still at it, so they are missing there."""
    db.table("finished_coding").delete_where(
        SAME, {"transcript_id": transcript_id, "coder_id": coder_id}
    )


def has_finished(db: Database, transcript_id: int, guid: str) -> bool:
    """Say whether the coder of this GUID has marked a transcript as finished."""
    query = (
        "SELECT 1 FROM finished_coding f JOIN coder c ON c.id = f.coder_id"
        " WHERE f.transcript_id = ? AND c.guid = ?"
    )
    return db.execute(query, [transcript_id, guid]).fetchone() is not None


def finished_by(db: Database) -> dict[int, list[int]]:
    """Map each transcript to the coders who finished it."""
    found: dict[int, list[int]] = {}
    rows = db.execute(
        "SELECT transcript_id, coder_id FROM finished_coding ORDER BY transcript_id, coder_id"
    )
    for transcript_id, coder_id in rows.fetchall():
        found.setdefault(transcript_id, []).append(coder_id)
    return found


def coded_by(db: Database) -> Counter[tuple[int, int]]:
    """Count the codings of each coder in each transcript."""
    rows = db.execute(
        "SELECT transcript_id, coder_id, count(*) FROM coding GROUP BY transcript_id, coder_id"
    ).fetchall()
    return Counter({(transcript, coder): count for transcript, coder, count in rows})


def progress(db: Database, transcripts: Iterable[Row], coders: Iterable[Row]) -> list[Row]:
    """List transcripts with how far each coder is: `coders` holds codings and whether finished."""
    finished, counts, people = finished_by(db), coded_by(db), list(coders)
    return [
        {
            **transcript,
            "coders": [
                {
                    "coder_id": coder["id"],
                    "name": coder["name"],
                    "codings": counts[transcript["id"], coder["id"]],
                    "finished": coder["id"] in finished.get(transcript["id"], ()),
                }
                for coder in people
            ],
        }
        for transcript in transcripts
    ]
