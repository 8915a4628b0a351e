"""Memos: a coder's notes on a coding, a code, a transcript, a speaker, or on the study."""

from typing import Any

from sqlite_utils import Database

from .checks import Row, check_date, check_name, check_text, get, insert, now
from .errors import BadInput, Conflict

ON = {
    "coding_id": "coding",
    "code_id": "code",
    "transcript_id": "transcript",
    "speaker_id": "speaker",
}
OBJECTS = ("study", "transcript", "speaker", "code", "coding")
NOTE = "note"
TYPES = (NOTE, "theoretical", "methodological", "reflexive")
FIELDS = ("title", "type", "text")


def set_memo(
    db: Database,
    coder_id: int,
    text: str,
    *,
    coding_id: int | None = None,
    code_id: int | None = None,
    transcript_id: int | None = None,
    speaker_id: int | None = None,
    revision: int | None = None,
) -> int | None:
    """Set the newest memo a coder has on an object, or on the study where none is named.

    A blank text removes it. Raises Conflict where `revision` is given and not the memo's.
    """
    place = _place(
        db,
        coding_id=coding_id,
        code_id=code_id,
        transcript_id=transcript_id,
        speaker_id=speaker_id,
    )
    known = _find(db, coder_id, place)
    text = check_text(text, "The memo")
    if known is None:
        return add_memo(db, coder_id, text, **place) if text else None
    _check_revision(known, revision)
    if not text:
        db.table("memo").delete(known["id"])
        return None
    _update(db, known, {"text": text})
    return int(known["id"])


def add_memo(
    db: Database,
    coder_id: int,
    text: str,
    *,
    title: str = "",
    type: str = NOTE,
    **place: int | None,
) -> int:
    """Write a memo on an object, or on the study, beside those that are there."""
    get(db, "coder", coder_id, "coder")
    row = {"coder_id": coder_id, **_place(db, **place), **_checked(text, title, type)}
    return insert(db, "memo", {**row, "created_at": now()})


def change_memo(
    db: Database,
    memo_id: int,
    coder_id: int,
    revision: int,
    text: str,
    *,
    title: str = "",
    type: str = NOTE,
) -> int:
    """Change one's own memo; returns its new revision. Raises Conflict where it was changed."""
    memo = _own(db, memo_id, coder_id)
    _check_revision(memo, revision)
    return _update(db, memo, _checked(text, title, type))


def remove_memo(db: Database, memo_id: int, coder_id: int, revision: int | None = None) -> None:
    """Remove one's own memo."""
    memo = _own(db, memo_id, coder_id)
    _check_revision(memo, revision)
    db.table("memo").delete(memo_id)


def get_memo(db: Database, memo_id: int) -> Row:
    """Return one memo as it is listed."""
    get(db, "memo", memo_id, "memo")
    return next(row for row in list_memos(db) if row["id"] == memo_id)


def find_memos(
    db: Database,
    *,
    text: str = "",
    type: str = "",
    on: str = "",
    coder_id: int | None = None,
    since: str | None = None,
    until: str | None = None,
    **place: int | None,
) -> list[Row]:
    """Find memos, newest first: words anywhere in them, type, object, coder, and days written."""
    words = text.casefold().split()
    first = check_date(since, "The first day") or ""
    last = check_date(until, "The last day") or "9999"
    if type:
        _check_type(type)
    if on and on not in OBJECTS:
        raise BadInput(f"A memo is on {', '.join(OBJECTS)}, not “{on[:40]}”.")
    return [
        row
        for row in list_memos(db, **place)
        if type in ("", row["type"])
        and on in ("", row["on"])
        and coder_id in (None, row["coder_id"])
        and first <= row["created_at"][:10] <= last
        and all(word in _words_of(row) for word in words)
    ]


def _words_of(row: Row) -> str:
    names = ("title", "text", "code", "transcript", "speaker", "quote", "coder")
    return "\n".join(row[name] or "" for name in names).casefold()


def list_memos(
    db: Database,
    transcript_id: int | None = None,
    code_id: int | None = None,
    coding_id: int | None = None,
    speaker_id: int | None = None,
) -> list[Row]:
    """List memos, newest first, with what they are on; a transcript's include its codings'."""
    wanted = {
        "transcript_id": transcript_id,
        "code_id": code_id,
        "coding_id": coding_id,
        "speaker_id": speaker_id,
    }
    return list(db.query(LIST, wanted))


LIST = """
    SELECT m.id, o.name AS coder, coalesce(m.title, '') AS title,
        coalesce(m.type, 'note') AS type, m.text, m.created_at, m.revision, m.coder_id,
        CASE WHEN m.coding_id IS NOT NULL THEN 'coding' WHEN m.code_id IS NOT NULL
            THEN 'code' WHEN m.transcript_id IS NOT NULL THEN 'transcript'
            WHEN m.speaker_id IS NOT NULL THEN 'speaker' ELSE 'study' END AS "on",
        k.name AS code, t.title AS transcript, s.name AS speaker, c.quote, c.start, c."end",
        (SELECT u.position FROM turn u WHERE u.transcript_id = c.transcript_id
            AND u."end" > c.start ORDER BY u."end" LIMIT 1) AS turn,
        m.coding_id, k.id AS code_id, t.id AS transcript_id, m.speaker_id, g.area_id
    FROM memo m JOIN coder o ON o.id = m.coder_id
    LEFT JOIN coding c ON c.id = m.coding_id
    LEFT JOIN code k ON k.id = coalesce(m.code_id, c.code_id)
    LEFT JOIN transcript t ON t.id = coalesce(m.transcript_id, c.transcript_id)
    LEFT JOIN speaker s ON s.id = m.speaker_id
    LEFT JOIN focus_group g ON g.id = coalesce(t.focus_group_id, s.focus_group_id)
    WHERE (:transcript_id IS NULL OR t.id = :transcript_id)
        AND (:code_id IS NULL OR k.id = :code_id)
        AND (:coding_id IS NULL OR m.coding_id = :coding_id)
        AND (:speaker_id IS NULL OR m.speaker_id = :speaker_id)
    ORDER BY m.created_at DESC, m.id DESC
    """


def _place(db: Database, **place: int | None) -> dict[str, Any]:
    unknown = place.keys() - ON.keys()
    if unknown:
        raise BadInput(f"A memo is on {', '.join(OBJECTS)}, not on “{min(unknown)[:40]}”.")
    named = {column: number for column, number in place.items() if number is not None}
    if len(named) > 1:
        raise BadInput("A memo is on one thing; write another memo for the other.")
    for column, number in named.items():
        get(db, ON[column], number, ON[column])
    return {column: place.get(column) for column in ON}


def _find(db: Database, coder_id: int, place: dict[str, int | None]) -> Row | None:
    get(db, "coder", coder_id, "coder")
    where = (
        "coder_id = ? AND coding_id IS ? AND code_id IS ? AND transcript_id IS ?"
        " AND speaker_id IS ?"
    )
    found = db.table("memo").rows_where(
        where,
        [coder_id, *(place[column] for column in ON)],
        order_by="created_at DESC, id DESC",
        limit=1,
    )
    return next(iter(list(found)), None)


def _own(db: Database, memo_id: int, coder_id: int) -> Row:
    memo = get(db, "memo", memo_id, "memo")
    if memo["coder_id"] != coder_id:
        who = get(db, "coder", memo["coder_id"], "coder")["name"]
        raise BadInput(f"This memo is {who}'s; only who wrote a memo can change it.")
    return memo


def _check_revision(memo: Row, revision: int | None) -> None:
    if revision is not None and revision != memo["revision"]:
        raise Conflict("Somebody else changed this memo meanwhile; read it and write again.", memo)


def _checked(text: str, title: str, type: str) -> dict[str, Any]:
    text = check_text(text, "The memo")
    if not text:
        raise BadInput("The memo is empty; write what you want to remember.")
    _check_type(type)
    return {
        "text": text,
        "title": check_name(title, "a memo") if title.strip() else None,
        "type": None if type == NOTE else type,
    }


def _check_type(type: str) -> None:
    if type not in TYPES:
        raise BadInput(f"A memo is one of {', '.join(TYPES)}, not “{type[:40]}”.")


def _update(db: Database, memo: Row, values: dict[str, Any]) -> int:
    revision = int(memo["revision"])
    if all(memo[name] == value for name, value in values.items()):
        return revision
    db.table("memo").update(memo["id"], {**values, "revision": revision + 1})
    return revision + 1
