"""Codings that change their code: what would be said twice by one coder becomes one."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database

from .errors import BadInput


@dataclass(frozen=True)
class Recoding:
    """What happens to codings that go to a code: some move, some are there already."""

    moves: tuple[int, ...]
    doubles: tuple[tuple[int, int], ...]  # a coding, and the same one that stays
    memos: int = 0  # of the doubles; they stand on the one that stays

    @property
    def codings(self) -> int:
        """Count the codings that change."""
        return len(self.moves) + len(self.doubles)


# The target's own coding stays where there is one, so that links to it stay good.
PLAN = """
    WITH going AS (SELECT value AS id FROM json_each(:ids)),
    together AS (
        SELECT * FROM coding WHERE id IN (SELECT id FROM going)
        UNION SELECT t.* FROM coding t WHERE t.code_id = :to
    )
    SELECT id, code_id, first_value(id) OVER (
        PARTITION BY transcript_id, start, "end", coder_id ORDER BY code_id <> :to, id) AS kept
    FROM together
    """


def plan_recoding(db: Database, coding_ids: Collection[int], code_id: int) -> Recoding:
    """Say what happens to codings that go to a code, without doing it."""
    wanted = sorted(set(coding_ids))
    rows = db.execute(PLAN, {"ids": json.dumps(wanted), "to": code_id}).fetchall()
    going = set(wanted)
    if going - {row[0] for row in rows}:
        raise BadInput("Some of the codings are gone; look again at what is there.")
    going -= {coding for coding, code, _ in rows if code == code_id}
    moves = tuple(sorted(row[0] for row in rows if row[0] in going and row[2] == row[0]))
    doubles = tuple(sorted((row[0], row[2]) for row in rows if row[0] in going.difference(moves)))
    memos = db.execute(
        "SELECT count(*) FROM memo WHERE coding_id IN (SELECT value FROM json_each(?))",
        [json.dumps([coding for coding, _ in doubles])],
    ).fetchone()[0]
    return Recoding(moves, doubles, memos)


def recode(db: Database, coding_ids: Collection[int], code_id: int) -> Recoding:
    """Put codings under a code; memos on one that is there already go to that one."""
    plan = plan_recoding(db, coding_ids, code_id)
    for coding, kept in plan.doubles:
        db.execute("UPDATE memo SET coding_id = ? WHERE coding_id = ?", [kept, coding])
        db.execute("DELETE FROM coding WHERE id = ?", [coding])
    db.conn.executemany(
        "UPDATE coding SET code_id = ? WHERE id = ?", [(code_id, coding) for coding in plan.moves]
    )
    return plan
