"""The rows of a change made readable: field by field, before and after, words not numbers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from .object_words import Key, field_word, kind_word, names_of, referred, row_name
from .plans.words import in_words

Row = dict[str, Any]

# Machinery that tells a reader nothing; a whole row also needs no place beside its quote.
NEVER = {"id", "guid", "revision", "created_at", "imported_at", "made_at"}
NOT_OF_WHOLE = {
    "position",
    "start",
    "end",
    "speech_start",
    "words",
    "file_sha256",
    "text_version",
    "seen_sha256",
    "before_sha256",
}
# What a reader wants to see first of a change that touches many rows.
FIRST = (
    "code", "transcript", "story", "message", "message_version", "message_sentence", "coding",
    "memo", "focus_group",
)  # fmt: skip
LAST = ("transcript_text", "turn", "earlier_turn", "coder", "sentence_evidence")


@dataclass(frozen=True)
class Field:
    """One field of a changed row; None where there was or is no row."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ChangedRow:
    """One row that a change added, changed or deleted."""

    change_id: int
    table: str
    object_id: int
    operation: str
    kind: str
    name: str
    fields: list[Field]


def read_rows(
    db: Database, change_ids: Sequence[int], each: int = 6, skip: int = 0
) -> dict[int, list[ChangedRow]]:
    """Return the rows of each change, the telling ones first, `each` of them after `skip`."""
    chosen = _choose(db, change_ids, each, skip)
    rows = _payloads(db, [row_id for ids in chosen.values() for row_id in ids])
    names = names_of(db, _references(rows.values()))
    return {
        change_id: [read for i in ids if (read := _read(rows[i], names))]
        for change_id, ids in chosen.items()
    }


def _choose(db: Database, change_ids: Sequence[int], each: int, skip: int) -> dict[int, list[int]]:
    found = db.execute(
        """SELECT change_id, object, id FROM change_row
           WHERE change_id IN (SELECT value FROM json_each(?)) ORDER BY id""",
        [json.dumps(list(change_ids))],
    ).fetchall()
    by_change: dict[int, list[tuple[int, int]]] = {change_id: [] for change_id in change_ids}
    for change_id, table, row_id in found:
        by_change[change_id].append((_rank(table), row_id))
    return {
        change_id: [row_id for _, row_id in sorted(rows)[skip : skip + each]]
        for change_id, rows in by_change.items()
    }


def _rank(table: str) -> int:
    if table in LAST:
        return 1000 + LAST.index(table)
    return FIRST.index(table) if table in FIRST else len(FIRST)


def _payloads(db: Database, row_ids: Sequence[int]) -> dict[int, Row]:
    rows = db.query(
        """SELECT r.id, r.change_id, r.object, r.object_id, r.operation, p.before, p.after
           FROM change_row r JOIN change_payload p ON p.change_row_id = r.id
           WHERE r.id IN (SELECT value FROM json_each(?))""",
        [json.dumps(list(row_ids))],
    )
    return {
        row["id"]: {
            **row,
            "before": json.loads(row["before"]) if row["before"] else None,
            "after": json.loads(row["after"]) if row["after"] else None,
        }
        for row in rows
    }


def _references(rows: Any) -> set[Key]:
    keys: set[Key] = set()
    for row in rows:
        keys.add((row["object"], row["object_id"]))
        for side in filter(None, (row["before"], row["after"])):
            keys |= {
                (table, value)
                for column, value in side.items()
                if (table := referred(column)) and isinstance(value, int)
            }
    return keys


def _read(row: Row, names: dict[Key, str]) -> ChangedRow | None:
    before, after = (in_words(row["object"], row[side]) for side in ("before", "after"))
    fields = _fields(before, after, names)
    if row["operation"] == "update" and not fields and (row["before"] or row["after"]):
        return None  # only machinery changed, such as a revision number
    name = row_name(row["after"] or row["before"] or {})
    return ChangedRow(
        change_id=row["change_id"],
        table=row["object"],
        object_id=row["object_id"],
        operation=row["operation"],
        kind=kind_word(row["object"]),
        name=name or names[row["object"], row["object_id"]],
        fields=fields,
    )


def _fields(before: Row | None, after: Row | None, names: dict[Key, str]) -> list[Field]:
    columns = [c for c in {**(before or {}), **(after or {})} if c not in NEVER]
    if before and after:
        columns = [c for c in columns if before.get(c) != after.get(c)]
    else:
        whole = after or before or {}
        columns = [c for c in columns if c not in NOT_OF_WHOLE and whole[c] not in (None, "")]
    return [Field(field_word(c), _word(before, c, names), _word(after, c, names)) for c in columns]


def _word(side: Row | None, column: str, names: dict[Key, str]) -> str | None:
    if side is None:
        return None
    value, table = side.get(column), referred(column)
    if value is None:
        return ""
    if table and isinstance(value, int):
        return names[table, value]
    if column == "given":
        return "yes" if value else "no"
    return str(value)
