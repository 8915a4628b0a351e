"""Memos: a coder's note on a coding, a code, a transcript, or on the study."""

from sqlite_utils import Database

from .checks import Row, check_text, get, insert, now
from .errors import Conflict

ON = {"coding_id": "coding", "code_id": "code", "transcript_id": "transcript"}


def set_memo(
    db: Database,
    coder_id: int,
    text: str,
    *,
    coding_id: int | None = None,
    code_id: int | None = None,
    transcript_id: int | None = None,
    revision: int | None = None,
) -> int | None:
    """Set the one memo a coder has on an object, or on the study where none is named.

    A blank text removes it. Raises Conflict where `revision` is given and not the memo's.
    """
    get(db, "coder", coder_id, "coder")
    place = {"coding_id": coding_id, "code_id": code_id, "transcript_id": transcript_id}
    for column, object_id in place.items():
        if object_id is not None:
            get(db, ON[column], object_id, ON[column])
    text = check_text(text, "The memo")
    known = _find(db, coder_id, place)
    if known is None:
        row = {"coder_id": coder_id, **place, "text": text, "created_at": now()}
        return insert(db, "memo", row) if text else None
    if revision is not None and revision != known["revision"]:
        raise Conflict("Somebody else changed this memo meanwhile; read it and write again.", known)
    return _replace(db, known, text)


def list_memos(
    db: Database,
    transcript_id: int | None = None,
    code_id: int | None = None,
    coding_id: int | None = None,
) -> list[Row]:
    """List memos, newest first, with what they are on; a transcript's include its codings'."""
    return list(
        db.query(
            """
            SELECT m.id, o.name AS coder, m.text, m.created_at, m.revision, m.coder_id,
                CASE WHEN m.coding_id IS NOT NULL THEN 'coding' WHEN m.code_id IS NOT NULL
                    THEN 'code' WHEN m.transcript_id IS NOT NULL THEN 'transcript' ELSE 'study'
                END AS "on",
                k.name AS code, t.title AS transcript, c.quote, c.start, c."end",
                m.coding_id, k.id AS code_id, t.id AS transcript_id, g.area_id
            FROM memo m JOIN coder o ON o.id = m.coder_id
            LEFT JOIN coding c ON c.id = m.coding_id
            LEFT JOIN code k ON k.id = coalesce(m.code_id, c.code_id)
            LEFT JOIN transcript t ON t.id = coalesce(m.transcript_id, c.transcript_id)
            LEFT JOIN focus_group g ON g.id = t.focus_group_id
            WHERE (:transcript_id IS NULL OR t.id = :transcript_id)
                AND (:code_id IS NULL OR k.id = :code_id)
                AND (:coding_id IS NULL OR m.coding_id = :coding_id)
            ORDER BY m.created_at DESC, m.id DESC
            """,
            {"transcript_id": transcript_id, "code_id": code_id, "coding_id": coding_id},
        )
    )


def _find(db: Database, coder_id: int, place: dict[str, int | None]) -> Row | None:
    where = "coder_id = ? AND coding_id IS ? AND code_id IS ? AND transcript_id IS ?"
    found = list(db.table("memo").rows_where(where, [coder_id, *place.values()], limit=1))
    return found[0] if found else None


def _replace(db: Database, memo: Row, text: str) -> int | None:
    if not text:
        db.table("memo").delete(memo["id"])
        return None
    if text != memo["text"]:
        db.table("memo").update(memo["id"], {"text": text, "revision": memo["revision"] + 1})
    return int(memo["id"])
