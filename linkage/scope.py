"""What one person may see of a study: a picture of it that holds nothing else.

On the connection of a person limited to some areas, or coding blind, temporary views stand in
front of the tables of the same name. Every query of every room then finds only what is theirs,
without knowing of it, so none can forget to ask.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from string import Template
from typing import Any

from sqlite_utils import Database

from coding.errors import NotFound

NOT_HERE = "That is not here, or not among the words that are yours to see."

# Whose row a row belongs to: the column that names it, and its table.
PARENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "focus_group": (("area_id", "area"),),
    "speaker": (("focus_group_id", "focus_group"),),
    "speaker_attribute": (("speaker_id", "speaker"),),
    "consent": (("speaker_id", "speaker"),),
    "transcript": (("focus_group_id", "focus_group"),),
    "transcript_text": (("transcript_id", "transcript"),),
    "turn": (("transcript_id", "transcript"),),
    "correction": (("transcript_id", "transcript"),),
    "earlier_turn": (("transcript_id", "transcript"),),
    "coding": (("transcript_id", "transcript"),),
    "parsed_transcript": (("transcript_id", "transcript"),),
    "open_suggestion": (("transcript_id", "transcript"),),
    "suggestion_decision": (("transcript_id", "transcript"),),
    "topics_found": (("only_area", "area"),),
    "topic_dismissal": (("only_area", "area"),),
    "finished_coding": (("transcript_id", "transcript"),),
    "double_coding": (("transcript_id", "transcript"),),
    "adjudication": (("transcript_id", "transcript"),),
    "agreed_passage": (("adjudication_id", "adjudication"),),
    "framework_summary": (("speaker_id", "speaker"), ("focus_group_id", "focus_group")),
    "memo": (
        ("transcript_id", "transcript"),
        ("coding_id", "coding"),
        ("speaker_id", "speaker"),
    ),
    "story": (("area_id", "area"),),
    "story_quote": (("story_id", "story"), ("transcript_id", "transcript")),
    "message": (("area_id", "area"),),
    "message_version": (("message_id", "message"),),
    "message_sentence": (("message_version_id", "message_version"),),
    "sentence_evidence": (("sentence_id", "message_sentence"),),
    "message_shown": (("message_version_id", "message_version"),),
    "message_approval": (("message_version_id", "message_version"),),
    "allocation": (("area_id", "area"),),
    "missing_answer": (("area_id", "area"),),
}
BLIND = ("coding", "memo", "framework_summary", "finished_coding", "adjudication", "agreed_passage",
         "suggestion_decision", "topic_dismissal")  # fmt: skip
# What belongs to no area and may name people: for those who see all areas, and may see people.
STUDY_WIDE = ("gazetteer_entry",)
# What is recorded of speakers; who may not see it sees no memo on a speaker either.
PERSONAL = frozenset({"speaker_attribute", "consent"})
RESPONSES = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name LIKE 'response_%'"

_VIEW = Template('CREATE TEMP VIEW "${table}" AS SELECT * FROM main."${table}" WHERE ${held}')
_IN = Template("(${column} IS NULL OR ${column} IN (SELECT id FROM temp.${table}))")
_SEEN = Template(
    "object <> '${table}' OR (SELECT ${held} FROM (SELECT ${columns} FROM main.change_payload p"
    " WHERE p.change_row_id = change_row.id))"
)
# What a change is called may quote what its hidden rows hold.
_CHANGE = """
    CREATE TEMP VIEW change AS
    SELECT id, at, actor, CASE WHEN EXISTS (
            SELECT 1 FROM main.change_row h WHERE h.change_id = change.id
            AND NOT EXISTS (SELECT 1 FROM temp.change_row r WHERE r.id = h.id)
        ) THEN 'change something, partly beyond what is yours to see' ELSE action END AS action,
        kind, target_id, hash
    FROM main.change
    WHERE EXISTS (SELECT 1 FROM temp.change_row r WHERE r.change_id = change.id)
    """
_KEPT = """EXISTS (SELECT 1 FROM main.change_payload p WHERE p.change_row_id = change_row.id
    AND (p.before IS NOT NULL OR p.after IS NOT NULL))"""
_UNSEEN = Template("object <> '${table}'")
_COLUMN = Template("json_extract(coalesce(p.after, p.before), '$$.${column}') AS ${column}")


@dataclass(frozen=True)
class Scope:
    """Limits of what a person sees: some areas, as a blind coder only their own codings."""

    guid: str
    areas: frozenset[int] | None = None
    blind: bool = False
    unseen: frozenset[str] = frozenset()  # tables whose changes are not shown in the history

    @property
    def whole(self) -> bool:
        """Whether there is no limit at all."""
        return self.areas is None and not self.blind and not self.unseen


def limit(db: Database, scope: Scope) -> None:
    """Put the views of a scope in front of the tables of a connection."""
    if scope.whole:
        return
    db.execute("CREATE TEMP TABLE own_coder (id INTEGER PRIMARY KEY)")
    db.execute("INSERT INTO own_coder SELECT id FROM main.coder WHERE guid = ?", [scope.guid])
    if scope.areas is not None:
        db.execute("CREATE TEMP TABLE own_area (id INTEGER PRIMARY KEY)")
        db.conn.executemany("INSERT INTO own_area VALUES (?)", [(area,) for area in scope.areas])
        _view(db, "area", "id IN (SELECT id FROM temp.own_area)")
    held = _conditions(scope)
    for table, condition in held.items():
        _view(db, table, condition)
    if scope.areas is not None:
        for (table,) in db.execute(RESPONSES).fetchall():
            _view(db, table, "area_id IN (SELECT id FROM temp.own_area)")
    seen = [*_seen(held), *(_UNSEEN.substitute(table=table) for table in sorted(scope.unseen))]
    _view(db, "change_row", " AND ".join(f"({condition})" for condition in seen))
    # EXISTS asks about the rows that a query needs; IN would first look through the whole history.
    _view(
        db,
        "change_payload",
        "EXISTS (SELECT 1 FROM temp.change_row r WHERE r.id = change_payload.change_row_id)",
    )
    db.execute(_CHANGE)


def _view(db: Database, table: str, held: str) -> None:
    db.execute(_VIEW.substitute(table=table, held=held))


def _conditions(scope: Scope) -> dict[str, str]:
    held: dict[str, list[str]] = {}
    if scope.areas is not None:
        for table, parents in PARENTS.items():
            held[table] = [_IN.substitute(column=name, table=parent) for name, parent in parents]
    if scope.blind:
        for table in BLIND:
            held.setdefault(table, []).append("coder_id IN (SELECT id FROM temp.own_coder)")
    if scope.unseen & PERSONAL:
        held.setdefault("memo", []).append("speaker_id IS NULL")
    if scope.areas is not None:
        # It tells of all areas; that tables are compared with it reads behind this view.
        held |= {"release": ["id IS NULL"]}
    if scope.areas is not None or scope.unseen & PERSONAL:
        held |= {table: ["id IS NULL"] for table in STUDY_WIDE}
    return {table: " AND ".join(parts) for table, parts in held.items()}


def _seen(held: dict[str, str]) -> Iterator[str]:
    """Say of a row of the history, by what is stored of it, whether it may be seen."""
    for table, condition in held.items():
        names = {name for name, _ in PARENTS.get(table, (("id", table),))}
        names |= {"coder_id"} if table in BLIND else set()
        columns = ", ".join(_COLUMN.substitute(column=name) for name in sorted(names))
        yield _SEEN.substitute(table=table, held=condition, columns=columns)
    # Of what was taken out of the history nobody can say any more whose it was.
    yield _KEPT


def check_change(db: Database, scope: Scope) -> None:
    """Raise NotFound where the open change touched rows outside of the scope."""
    if scope.whole:
        return
    rows = db.execute(
        "SELECT object, object_id, coalesce(after, before) FROM change_row r"
        " JOIN change_payload p ON p.change_row_id = r.id"
        " WHERE r.change_id = (SELECT max(id) FROM change)"
    ).fetchall()
    touched = {(name, number): json.loads(values) for name, number, values in rows}
    own = {row[0] for row in db.execute("SELECT id FROM coder WHERE guid = ?", [scope.guid])}
    for (table, number), values in touched.items():
        blinded = scope.blind and table in BLIND and values["coder_id"] not in own
        if blinded or not _inside(db, scope, table, number, touched):
            raise NotFound(NOT_HERE)


def _inside(
    db: Database, scope: Scope, table: str, number: int, touched: dict[tuple[str, int], Any]
) -> bool:
    if scope.areas is None or (table not in PARENTS and table != "area"):
        return True
    if table == "area":
        return number in scope.areas
    values = touched.get((table, number)) or next(
        iter(db.table(table).rows_where("id = ?", [number])), None
    )
    if values is None:
        return False
    return all(
        values[name] is None or _inside(db, scope, parent, values[name], touched)
        for name, parent in PARENTS[table]
    )
