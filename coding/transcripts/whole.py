"""Whether transcripts that came from elsewhere have their texts, and their turns in them."""

from sqlite_utils import Database

OVERLAPS = """
    SELECT count(*) FROM (
        SELECT start, lag(end) OVER (PARTITION BY transcript_id ORDER BY position) AS earlier
        FROM turn
    ) WHERE earlier > start
"""
ENDS = """
    SELECT x.text, (SELECT coalesce(max(end), 0) FROM turn WHERE transcript_id = t.id)
    FROM transcript t LEFT JOIN transcript_text x
    ON x.transcript_id = t.id AND x.version = t.text_version
"""


def are_whole(db: Database) -> bool:
    """Say whether every transcript has the text of its version, and its turns in order inside."""
    if db.execute(OVERLAPS).fetchone()[0]:
        return False
    return all(text is not None and last <= len(text) for text, last in db.execute(ENDS).fetchall())
