"""Read transcripts, their text and their turns."""

from collections import Counter

from sqlite_utils import Database

from ..checks import Row, get
from ..migrations import PIECE

LIST = """
    SELECT t.id, t.title, a.key AS area, i.key AS issue,
        count(u.id) AS turns,
        count(DISTINCT u.speaker_id) AS speakers,
        coalesce(sum(u.words), 0) AS words,
        (SELECT count(*) FROM coding c WHERE c.transcript_id = t.id) AS codings,
        g.name AS "group", g.phase, g.held_on, g.attendance, w.key AS wave,
        count(CASE WHEN s.role = 'participant' THEN 1 END) AS participant_turns,
        count(CASE WHEN u.speaker_id IS NULL THEN u.id END) AS unattributed,
        t.focus_group_id, g.area_id, a.name AS area_name, t.issue_id, i.name AS issue_name,
        t.file_name, t.file_sha256, t.text_version, t.imported_at
    FROM transcript t
    JOIN focus_group g ON g.id = t.focus_group_id
    JOIN area a ON a.id = g.area_id
    LEFT JOIN issue i ON i.id = t.issue_id
    LEFT JOIN wave w ON w.id = g.wave_id
    LEFT JOIN turn u ON u.transcript_id = t.id
    LEFT JOIN speaker s ON s.id = u.speaker_id
    WHERE (:id IS NULL OR t.id = :id) AND (:area_id IS NULL OR g.area_id = :area_id)
    GROUP BY t.id
    ORDER BY a.position, g.phase, g.held_on, g.name, t.title
    """


LONGEST = 2**62
PIECES = """
    SELECT x.start, x.text FROM transcript t
    JOIN transcript_text x ON x.transcript_id = t.id AND x.version = t.text_version
    WHERE t.id = ? AND x.start > ? AND x.start < ?
    ORDER BY x.start
    """


def list_transcripts(db: Database, area_id: int | None = None) -> list[Row]:
    """List the transcripts with their counts; share_coded is of participants' turns."""
    return _with_shares(list(db.query(LIST, {"id": None, "area_id": area_id})), _touched(db))


def get_transcript(db: Database, transcript_id: int) -> Row:
    """Return one transcript as it is listed."""
    get(db, "transcript", transcript_id, "transcript")
    rows = list(db.query(LIST, {"id": transcript_id, "area_id": None}))
    return _with_shares(rows, _touched(db, transcript_id))[0]


def text(db: Database, transcript_id: int) -> str:
    """Return the text that every start and end of the transcript refers to."""
    return passage(db, transcript_id, 0, LONGEST)


def passage(db: Database, transcript_id: int, start: int, end: int) -> str:
    """Return the text from start to end, in code points, as far as the transcript has it."""
    found = db.execute(
        PIECES, [transcript_id, max(start - PIECE, -1), min(end, LONGEST)]
    ).fetchall()
    if not found:
        get(db, "transcript", transcript_id, "transcript")
        return ""
    first = found[0][0]
    return "".join(text for _, text in found)[start - first : end - first]


def list_turns(db: Database, transcript_id: int, start: int = 0, end: int = LONGEST) -> list[Row]:
    """List the turns in order; the issue is the turn's own or else the transcript's.

    With `start` and `end`, only the turns that reach into that passage, and the one before them.
    """
    return list(db.query(TURNS, {"id": transcript_id, "start": start, "end": end}))


TURNS = """
    SELECT u.id, u.position, u.start, u.speech_start, u.end, u.words, u.time,
        u.speaker_id, s.name AS speaker, s.role,
        i.key AS issue, i.id AS issue_id, u.issue_id AS own_issue_id
    FROM turn u JOIN transcript t ON t.id = u.transcript_id
    LEFT JOIN speaker s ON s.id = u.speaker_id
    LEFT JOIN issue i ON i.id = coalesce(u.issue_id, t.issue_id)
    WHERE u.transcript_id = :id AND u.start < :end AND u.position >= coalesce((
        SELECT position - 1 FROM turn
        WHERE transcript_id = :id AND "end" > :start ORDER BY "end" LIMIT 1), 0)
    ORDER BY u.position
    """


def _touched(db: Database, transcript_id: int | None = None) -> Counter[int]:
    """Count the participants' turns that a coding touches, by transcript."""
    return Counter(dict(db.execute(TOUCHED, {"id": transcript_id}).fetchall()))


# The counting of `queries.coded_turns`, done by SQLite.
TOUCHED = """
    SELECT c.transcript_id, count(DISTINCT u.id)
    FROM coding c JOIN turn u ON u.transcript_id = c.transcript_id
        AND u.position >= (
            SELECT position FROM turn WHERE transcript_id = c.transcript_id
            AND "end" > c.start ORDER BY "end" LIMIT 1)
        AND u.position <= (
            SELECT position FROM turn WHERE transcript_id = c.transcript_id
            AND start < c."end" ORDER BY start DESC LIMIT 1)
        AND u.speech_start < c."end"
    JOIN speaker s ON s.id = u.speaker_id
    WHERE s.role = 'participant'
        AND c.transcript_id BETWEEN coalesce(:id, 0) AND coalesce(:id, 1e18)
    GROUP BY c.transcript_id
    """


def _with_shares(rows: list[Row], touched: Counter[int]) -> list[Row]:
    for row in rows:
        turns = row["participant_turns"]
        row["share_coded"] = touched[row["id"]] / turns if turns else None
    return rows
