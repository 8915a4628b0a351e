"""Counts with their denominators: every spoken turn, and which codings touch it."""

from sqlite_utils import Database

from .checks import Row
from .codebook import themes


def spoken_turns(db: Database, phase: str | None = "source") -> list[Row]:
    """List every turn with its words, speaker, role, group, area and issue; None is both phases.

    `person` is the same for the speakers of several groups who are one person: count people by it.
    """
    return list(
        db.query(
            """
            SELECT u.id, u.transcript_id, u.position, u.start, u.speech_start, u.end, u.words,
                u.speaker_id, coalesce(-s.person_id, u.speaker_id) AS person, s.role,
                g.id AS focus_group_id, g.area_id,
                coalesce(u.issue_id, t.issue_id) AS issue_id, g.phase
            FROM turn u JOIN transcript t ON t.id = u.transcript_id
            JOIN focus_group g ON g.id = t.focus_group_id
            LEFT JOIN speaker s ON s.id = u.speaker_id
            WHERE :phase IS NULL OR g.phase = :phase
            ORDER BY u.transcript_id, u.position
            """,
            {"phase": phase},
        )
    )


def coded_turns(
    db: Database, phase: str | None = None, *, transcript_id: int | None = None
) -> list[Row]:
    """List each pair of a coding and a turn whose words it touches, with code and theme."""
    theme_of = themes(db)
    rows = list(
        db.query(
            # Turns are in order and apart, so the touched ones run from the first that ends behind
            # the coding's start to the last that begins before its end: two index look-ups.
            """
            SELECT c.id AS coding_id, c.code_id, c.coder_id, u.id AS turn_id,
                c.transcript_id, u.speaker_id, s.role
            FROM coding c
            JOIN transcript t ON t.id = c.transcript_id
            JOIN focus_group g ON g.id = t.focus_group_id
            JOIN turn u ON u.transcript_id = c.transcript_id
                AND u.position >= (
                    SELECT position FROM turn WHERE transcript_id = c.transcript_id
                    AND "end" > c.start ORDER BY "end" LIMIT 1)
                AND u.position <= (
                    SELECT position FROM turn WHERE transcript_id = c.transcript_id
                    AND start < c."end" ORDER BY start DESC LIMIT 1)
                AND u.speech_start < c."end"
            LEFT JOIN speaker s ON s.id = u.speaker_id
            WHERE (:phase IS NULL OR g.phase = :phase)
                AND c.transcript_id BETWEEN coalesce(:transcript_id, 0)
                    AND coalesce(:transcript_id, 1e18)
            ORDER BY c.id, u.position
            """,
            {"phase": phase, "transcript_id": transcript_id},
        )
    )
    for row in rows:
        row["theme_id"] = theme_of[row["code_id"]]
    return rows
