"""Whether transcripts that came from elsewhere have their texts, and their turns in them."""

from sqlite_utils import Database

OVERLAPS = """
    SELECT count(*) FROM (
        SELECT start, lag(end) OVER (PARTITION BY transcript_id ORDER BY position) AS earlier
        FROM turn
    ) WHERE earlier > start
"""
PIECES = """
    SELECT t.id, x.start, x.text,
        (SELECT coalesce(max(end), 0) FROM turn WHERE transcript_id = t.id)
    FROM transcript t LEFT JOIN transcript_text x
    ON x.transcript_id = t.id AND x.version = t.text_version ORDER BY t.id, x.start
"""


def are_whole(db: Database) -> bool:
    """Say whether every transcript has the text of its version, and its turns in order inside."""
    if db.execute(OVERLAPS).fetchone()[0]:
        return False
    ends: dict[int, int] = {}
    last_turns: dict[int, int] = {}
    for transcript_id, start, text, last_turn in db.execute(PIECES):
        if text is None or start != ends.get(transcript_id, 0):
            return False
        ends[transcript_id] = start + len(text)
        last_turns[transcript_id] = last_turn
    return all(last_turn <= ends[number] for number, last_turn in last_turns.items())
