"""Undo and redo of one's own last changes: the inverse, recorded as a new change."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from analysis.answered import areas_answered
from coding.codebook import looped_codes
from coding.errors import BadInput, Conflict
from coding.transcripts import passage

from .history import recorded_tables
from .sqlite import sqlite3

REACH = 1000
Objects = Collection[str] | None  # the tables a page works on; None for all
Row = dict[str, Any]
# Who joined the study by a change stays known when it is undone: the history names them.
STAY = {"coder"}
# What the desk changes, so what its undo reaches.
DESK = frozenset({"coding", "memo", "code", "coder", "suggestion_decision"})
_OWN = """
    SELECT id, kind, target_id FROM change
    WHERE actor = ?1 AND hash IS NOT NULL AND (?2 IS NULL OR NOT EXISTS (
        SELECT 1 FROM change_row WHERE change_id = change.id
        AND object NOT IN (SELECT value FROM json_each(?2))))
    ORDER BY id DESC LIMIT ?3
"""


@dataclass
class Standing:
    """What a person can undo and redo now, last one last, and which change's rows hold it."""

    done: list[int] = field(default_factory=list)
    undone: list[int] = field(default_factory=list)
    applied_by: dict[int, int] = field(default_factory=dict)

    def take(self, change_id: int, kind: str, target: int | None) -> None:
        if kind == "do":
            self.done.append(change_id)
            self.undone.clear()
            self.applied_by[change_id] = change_id
        elif kind in ("undo", "redo") and target is not None:
            source, sink = self.done, self.undone
            if kind == "redo":
                source, sink = sink, source
            if target in source:
                source.remove(target)
                sink.append(target)
                self.applied_by[target] = change_id


def standing(db: Database, actor: str, objects: Objects = None) -> Standing:
    """Work out from the history what `actor` can undo and redo.

    With `objects`, the tables that a page works on, changes that touch any other are passed over.
    """
    allowed = None if objects is None else json.dumps(sorted(objects))
    now = Standing()
    for change_id, kind, target in reversed(db.execute(_OWN, [actor, allowed, REACH]).fetchall()):
        now.take(change_id, kind, target)
    return now


def undo(db: Database, actor: str, expected: int | None = None, objects: Objects = None) -> str:
    """Reverse `actor`'s last change inside the open change; returns what was undone.

    Raises Conflict where the last change is no longer the `expected` one.
    """
    now = standing(db, actor, objects)
    return _reverse(db, _last(now.done, "undo", expected), now, "undo")


def redo(db: Database, actor: str, expected: int | None = None, objects: Objects = None) -> str:
    """Do again what `actor` undid last; returns what was redone."""
    now = standing(db, actor, objects)
    return _reverse(db, _last(now.undone, "redo", expected), now, "redo")


def _last(changes: list[int], kind: str, expected: int | None) -> int:
    if not changes:
        raise BadInput(f"There is nothing of yours to {kind}.")
    if expected is not None and changes[-1] != expected:
        raise Conflict(
            f"You have changed something since this page was loaded; see what {kind} would do now."
        )
    return changes[-1]


def offers(db: Database, actor: str, objects: Objects = None) -> dict[str, tuple[int, str]]:
    """Name what undo and redo would do for `actor` now: the change's number and action."""
    now = standing(db, actor, objects)
    return {
        kind: (changes[-1], _action(db, changes[-1]))
        for kind, changes in (("undo", now.done), ("redo", now.undone))
        if changes
    }


def _reverse(db: Database, target: int, now: Standing, kind: str) -> str:
    open_change, action = _open_change(db), _action(db, target)
    cascades = _cascades(db)
    db.execute("PRAGMA defer_foreign_keys=ON")
    rows = _rows(db, now.applied_by[target])
    _check_kept(rows, action)
    for row in reversed(rows):
        if row["object"] not in STAY:
            _reverse_row(db, action, cascades, **row)
    db.execute(
        "UPDATE change SET kind = ?, target_id = ?, action = ? WHERE id = ?",
        [kind, target, f"{kind}: {action}", open_change],
    )
    _check_references(db, {row["object"] for row in rows}, action)
    _check_quotes(db, rows, action)
    return action


def _check_kept(rows: list[Row], action: str) -> None:
    """Raise Conflict where the history no longer says what a row was."""
    if any(row["before"] is None and row["after"] is None for row in rows):
        raise Conflict(
            f"“{action}” cannot be reversed: what it changed was taken out of the history "
            "when names were hidden."
        )


def _check_references(db: Database, touched: set[str], action: str) -> None:
    for table in recorded_tables(db):
        others = {key.other_table for key in db.table(table).foreign_keys}
        if table in touched or others & touched:
            broken = db.execute("SELECT 1 FROM pragma_foreign_key_check(?)", [table]).fetchone()
            if broken:
                raise Conflict(
                    f"“{action}” cannot be reversed: something made since depends on it."
                )
    if "code" in touched and looped_codes(db):
        raise Conflict(f"“{action}” cannot be reversed: something made since depends on it.")


def _check_quotes(db: Database, rows: list[Row], action: str) -> None:
    """Raise Conflict where a passage would come back to a text that was corrected since."""
    for row in rows:
        if row["object"] not in ("coding", "story_quote"):
            continue
        for back in list(db.table(row["object"]).rows_where("id = ?", [row["object_id"]])):
            if passage(db, back["transcript_id"], back["start"], back["end"]) != back["quote"]:
                raise Conflict(
                    f"“{action}” cannot be reversed: the transcript was corrected since, "
                    "and says something else at that place."
                )


def _open_change(db: Database) -> int:
    return int(db.execute("SELECT max(id) FROM change").fetchone()[0])


def _action(db: Database, change_id: int) -> str:
    return str(db.execute("SELECT action FROM change WHERE id = ?", [change_id]).fetchone()[0])


def _rows(db: Database, change_id: int) -> list[dict[str, Any]]:
    return list(
        db.query(
            "SELECT object, object_id, before, after FROM change_row r"
            " JOIN change_payload p ON p.change_row_id = r.id WHERE change_id = ? ORDER BY r.id",
            [change_id],
        )
    )


def _reverse_row(
    db: Database,
    action: str,
    cascades: dict[str, list[tuple[str, str]]],
    object: str,
    object_id: int,
    before: str | None,
    after: str | None,
) -> None:
    table = db.table(object)
    current = next(iter(table.rows_where("id = ?", [object_id])), None)
    if _content(current) != _content(json.loads(after) if after else None):
        raise Conflict(f"“{action}” cannot be reversed: {object} {object_id} was changed since.")
    if after and before is None:
        _check_unused(db, action, object, object_id, cascades.get(object, []))
    try:
        if before is None:
            table.delete(object_id)
        elif after is None:
            table.insert(json.loads(before))
        else:
            table.update(object_id, json.loads(before) | _next_revision(current))
    except sqlite3.IntegrityError as error:
        raise Conflict(
            f"“{action}” cannot be reversed: something made since stands in its place."
        ) from error


def _cascades(db: Database) -> dict[str, list[tuple[str, str]]]:
    """Map each table to the tables, by column, whose rows are deleted along with its own."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, parent in db.execute(
        """SELECT t.name, k."from", k."table"
           FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) k
           WHERE t.type = 'table' AND k.on_delete = 'CASCADE'"""
    ).fetchall():
        found.setdefault(parent, []).append((table, column))
    return found


def _check_unused(
    db: Database, action: str, object: str, object_id: int, children: list[tuple[str, str]]
) -> None:
    """Raise Conflict where a row's deletion would take what was made since with it.

    What the same change made along with the row is gone already: the last made goes first.
    """
    used = any(
        db.table(table).count_where(f'"{column}" = ?', [object_id]) for table, column in children
    )
    if object == "area":
        used = used or any(object_id in ids for ids in areas_answered(db).values())
    if used:
        raise Conflict(f"“{action}” cannot be reversed: something made since depends on it.")


def _content(row: Row | None) -> Row | None:
    # A column that came after the change was made has nothing in it, then as now.
    return row and {n: v for n, v in row.items() if n != "revision" and v is not None}


def _next_revision(current: Row | None) -> Row:
    """Number a reversed row anew: whoever saw the number before saw another text under it."""
    return {"revision": current["revision"] + 1} if current and "revision" in current else {}
