"""The versions of a transcript's text: every one stays readable, with its turns."""

from sqlite_utils import Database

from ..checks import Row, get
from ..errors import NotFound
from ..transcripts import get_transcript, list_turns

VERSIONS = """
    SELECT c.version, c.made_at, o.name AS coder, c.same, c.changed, c.lost
    FROM correction c JOIN coder o ON o.id = c.coder_id
    WHERE c.transcript_id = ? ORDER BY c.version DESC
    """
EARLIER = """
    SELECT e.turn_number AS id, e.position, e.start, e.speech_start, e."end", e.time,
        e.speaker_id, s.name AS speaker, s.role, e.issue_id AS own_issue_id
    FROM earlier_turn e LEFT JOIN speaker s ON s.id = e.speaker_id
    WHERE e.transcript_id = ? AND e.version = ? ORDER BY e.position
    """


def list_versions(db: Database, transcript_id: int) -> list[Row]:
    """List the versions, newest first, with who made each and what became of the codings."""
    transcript = get_transcript(db, transcript_id)
    first: Row = {"version": 1, "made_at": transcript["imported_at"], "coder": None}
    rows = [*db.query(VERSIONS, [transcript_id]), {**first, "same": 0, "changed": 0, "lost": 0}]
    return [{**row, "kept": row["version"] in _kept(db, transcript_id)} for row in rows]


def _kept(db: Database, transcript_id: int) -> set[int]:
    """Which versions can be read: none from before names were hidden in it."""
    found = db.execute(
        "SELECT DISTINCT version FROM transcript_text WHERE transcript_id = ?", [transcript_id]
    ).fetchall()
    return {version for (version,) in found}


def text_of(db: Database, transcript_id: int, version: int) -> str:
    """Return the text of one version."""
    found = db.execute(
        "SELECT text FROM transcript_text WHERE transcript_id = ? AND version = ? ORDER BY start",
        [transcript_id, version],
    ).fetchall()
    if not found:
        transcript = get(db, "transcript", transcript_id, "transcript")
        if 1 <= version < transcript["text_version"]:
            raise NotFound(
                f"Version {version} was taken out when names were hidden; "
                "only what the transcript says since then is kept."
            )
        raise NotFound(f"There is no version {version} of this transcript.")
    return "".join(text for (text,) in found)


def turns_of(db: Database, transcript_id: int, version: int) -> list[Row]:
    """List the turns as they were in one version."""
    if get(db, "transcript", transcript_id, "transcript")["text_version"] == version:
        return list_turns(db, transcript_id)
    return list(db.query(EARLIER, [transcript_id, version]))
