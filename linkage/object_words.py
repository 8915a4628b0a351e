"""What people call the rows of a study: kinds, fields, and names instead of numbers."""

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]
Key = tuple[str, int]

KINDS = {
    "transcript_text": "text of a transcript",
    "focus_group": "focus group",
    "speaker_attribute": "attribute of a speaker",
    "finished_coding": "mark of finished coding",
    "double_coding": "choice for double coding",
    "codebook_closing": "closing of the codebook",
    "agreed_passage": "agreed passage",
    "attribute": "definition of an attribute",
    "consent_rule": "rule of consent",
    "message_approval": "approval of a message",
    "story_quote": "quote of a story",
    "earlier_turn": "turn of an earlier version",
    "topic_dismissal": "dismissed topic",
    "framework_summary": "summary in the framework matrix",
    "message_version": "version of a message",
    "message_sentence": "sentence of a message",
    "sentence_evidence": "link to a quote",
    "message_shown": "message shown",
    "allocation_receipt": "allocation",
    "survey_import": "import of a survey",
    "survey_item": "item of a survey",
    "replaced_import": "earlier import of a survey",
    "plan": "plan of a wave",
    "result_seen": "sight of results",
    "release": "table that left",
    "release_rule": "threshold of disclosure control",
    "pseudonymisation": "hiding of names",
    "key_use": "use of the key of names",
    "gazetteer_entry": "name in the gazetteer",
    "suggestion_decision": "decision on a suggestion",
}
# What a row of each table is known by; the first column that is there.
NAMED_BY = ("name", "title", "quote", "text", "summary", "key", "file_name", "use")
FIELDS = {
    "parent_id": "under",
    "include": "when to use it",
    "exclude": "when not",
    "what_changed": "what changed",
    "actors": "who did it",
    "happened": "when it happened",
    "held_on": "met on",
    "file_sha256": "hash of the file",
    "coder_id": "by",
    "taken_id": "whose codings",
    "unrecorded": "consent that is not recorded",
    "message_version_id": "version",
    "only_area": "of the area",
    "speech_start": "start of the speech",
    "altered_from": "words before a correction",
    "same": "codings at the same words",
    "changed": "codings with other words",
    "lost": "codings lost",
    "fit_sha256": "hash of what was learned",
    "blanked": "rows taken out of the history",
    "table_sha256": "hash of the table",
    "released_at": "left at",
    "withdrawn_because": "reason of the withdrawal",
    "resealed_from": "sealed anew from change",
    "resealed_to": "to change",
    "before_sha256": "salted digest of the seal before",
}
# Columns that refer to a table of another name than the column's.
REFERS = {
    "parent_id": "code",
    "taken_id": "coder",
    "sentence_id": "message_sentence",
    "receipt_id": "allocation_receipt",
}
NUMBERS = {"import_id", "change_id"}
LONGEST_NAME = 80
# Named by the transcript they are about.
OF_TRANSCRIPT = {"finished_coding", "double_coding", "adjudication"}


def kind_word(table: str) -> str:
    """Write a kind of object as people say it."""
    return KINDS.get(table, table.replace("_", " "))


def field_word(column: str) -> str:
    """Write a field as people say it."""
    return FIELDS.get(column, column.removesuffix("_id").replace("_", " ")).capitalize()


def referred(column: str) -> str | None:
    """Name the table that a column refers to, or None where it refers to none."""
    if not column.endswith("_id") or column in NUMBERS:
        return None
    return REFERS.get(column, column.removesuffix("_id"))


def row_name(row: Row) -> str:
    """Return what a row is known by, on one short line; blank where it has no name."""
    name = " ".join(str(next((row[c] for c in NAMED_BY if row.get(c)), "")).split())
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def names_of(db: Database, keys: Iterable[Key]) -> dict[Key, str]:
    """Name objects by table and number: as they are now or, where deleted, as they were last."""
    wanted: dict[str, set[int]] = {}
    for table, row_id in keys:
        wanted.setdefault(table, set()).add(row_id)
    names: dict[Key, str] = {}
    for table, ids in wanted.items():
        rows = _rows_now(db, table, ids)
        rows |= {i: row for i in ids - rows.keys() if (row := _last_known(db, table, i))}
        inner = _names_within(db, table, rows)
        for row_id in ids:
            row = rows.get(row_id, {})
            names[table, row_id] = inner.get(row_id) or row_name(row) or f"number {row_id}"
    return names


def _rows_now(db: Database, table: str, ids: set[int]) -> dict[int, Row]:
    if not db.table(table).exists():
        return {}
    found = db.table(table).rows_where(
        "id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(ids))]
    )
    return {row["id"]: row for row in found}


def _last_known(db: Database, table: str, row_id: int) -> Row | None:
    found = db.execute(
        """SELECT p.before FROM change_row r JOIN change_payload p ON p.change_row_id = r.id
           WHERE r.object = ? AND r.object_id = ? ORDER BY r.id DESC LIMIT 1""",
        [table, row_id],
    ).fetchone()
    return dict(json.loads(found[0])) if found and found[0] else None


def _names_within(db: Database, table: str, rows: dict[int, Row]) -> dict[int, str]:
    """Name what has no name of its own by what it belongs to."""
    if table == "message":
        places = [("area", r["area_id"]) for r in rows.values()]
        issues = [("issue", r["issue_id"]) for r in rows.values()]
        names = names_of(db, [*places, *issues]) if rows else {}
        return {
            i: f"{r['nudge']}, {names['area', r['area_id']]}, {names['issue', r['issue_id']]}"
            for i, r in rows.items()
        }
    if table == "message_version":
        names = names_of(db, [("message", r["message_id"]) for r in rows.values()]) if rows else {}
        return {
            i: f"{names['message', r['message_id']]}, version {r['version']}"
            for i, r in rows.items()
        }
    if table in OF_TRANSCRIPT:
        names = names_of(db, [("transcript", r["transcript_id"]) for r in rows.values()])
        return {i: names["transcript", r["transcript_id"]] for i, r in rows.items()}
    return {}
