"""Codings: a code put on a passage by a coder."""

import json
from collections.abc import Collection, Sequence

from sqlite_utils import Database

from .checks import Row, get, now
from .codebook import codebook
from .errors import BadInput, QuoteMismatch
from .transcripts import LONGEST, passage, text


def add_coding(
    db: Database,
    transcript_id: int,
    code_id: int,
    coder_id: int,
    start: int,
    end: int,
    quote: str,
) -> int:
    """Put a code on a passage; the very same coding again is the one there is.

    Raises BadInput where the passage is not in the text, and QuoteMismatch where the text says
    something else at that place.
    """
    check_passage(db, transcript_id, start, end, quote)
    row: Row = {"transcript_id": transcript_id, "code_id": code_id, "coder_id": coder_id}
    row |= {"start": start, "end": end, "quote": quote, "created_at": now()}
    code, coder, same = db.execute(BESIDE, row).fetchone()
    if same:
        return int(same)
    if not code:
        get(db, "code", code_id, "code")
    if not coder:
        get(db, "coder", coder_id, "coder")
    return int(db.execute(ADD, row).lastrowid or 0)


BESIDE = """
    SELECT EXISTS (SELECT 1 FROM code WHERE id = :code_id),
        EXISTS (SELECT 1 FROM coder WHERE id = :coder_id),
        (SELECT id FROM coding WHERE transcript_id = :transcript_id AND start = :start
            AND "end" = :end AND code_id = :code_id AND coder_id = :coder_id)
    """
ADD = """
    INSERT INTO coding (transcript_id, code_id, coder_id, start, "end", quote, created_at)
    VALUES (:transcript_id, :code_id, :coder_id, :start, :end, :quote, :created_at)
    """


def check_passage(db: Database, transcript_id: int, start: int, end: int, quote: str) -> None:
    """Raise unless the quote stands in the transcript from start to end, in code points."""
    there = passage(db, transcript_id, start, end) if 0 <= start < end else ""
    if not there or len(there) < end - start:
        length = len(text(db, transcript_id))
        raise BadInput(
            f"The passage {start} to {end} is not in the transcript, which has {length} "
            "characters; select the words again."
        )
    if there != quote:
        raise QuoteMismatch(
            "The transcript says something else there; load the page anew and select again.",
            current={"start": start, "end": end, "quote": there},
        )


def get_coding(db: Database, coding_id: int) -> Row:
    """Return one coding."""
    return get(db, "coding", coding_id, "coding")


def remove_coding(db: Database, coding_id: int) -> None:
    """Take a code off a passage, with the memo on that coding."""
    get(db, "coding", coding_id, "coding")
    db.table("coding").delete(coding_id)


def list_coders(db: Database, transcript_id: int) -> list[Row]:
    """List who coded a transcript, by name."""
    return list(db.query(CODERS, [transcript_id]))


CODERS = """
    SELECT o.id, o.name FROM coder o
    WHERE o.id IN (SELECT coder_id FROM coding WHERE transcript_id = ?) ORDER BY o.name
    """


def list_marks(
    db: Database,
    transcript_id: int,
    start: int = 0,
    end: int = LONGEST,
    *,
    codes: Collection[int] | None = None,
    coder_id: int | None = None,
    origin: str | None = None,
) -> list[Row]:
    """List the codings of a passage with no more than a page needs to draw them on its text.

    `codes`, `coder_id` and `origin`, one of ORIGINS, leave out all others.
    """
    wanted = None if codes is None else json.dumps(sorted(codes))
    asked = {"id": transcript_id, "start": start, "end": end, "codes": wanted, "coder": coder_id}
    asked["suggested"] = None if origin is None else origin == "suggested"
    rows: list[Row] = json.loads(db.execute(MARKS, asked).fetchone()[0])
    return rows


# A coding made by accepting a suggestion is known by that decision; all others are made by hand.
ORIGINS = ("by hand", "suggested")
# In one row: each row that is read lets another thread go first, and a page has thousands.
MARKS = """
    SELECT json_group_array(json_object('id', c.id, 'start', c.start, 'end', c."end",
        'code_id', c.code_id, 'code', k.name, 'coder', o.name, 'at', c.created_at,
        'memo', EXISTS (SELECT 1 FROM memo m WHERE m.coding_id = c.id),
        'suggested', d.id IS NOT NULL) ORDER BY c.start, c."end")
    FROM coding c JOIN code k ON k.id = c.code_id JOIN coder o ON o.id = c.coder_id
    LEFT JOIN suggestion_decision d ON d.coding_id = c.id AND d.decision = 'accepted'
    WHERE c.transcript_id = :id AND c.start < :end AND c."end" > :start
        AND (:coder IS NULL OR c.coder_id = :coder)
        AND (:suggested IS NULL OR (d.id IS NOT NULL) = :suggested)
        AND (:codes IS NULL OR c.code_id IN (SELECT value FROM json_each(:codes)))
    """


def list_codings(
    db: Database,
    transcript_id: int | None = None,
    code_id: int | None = None,
    area_id: int | None = None,
    coder_id: int | None = None,
    ids: Sequence[int] | None = None,
    *,
    start: int = 0,
    end: int = LONGEST,
) -> list[Row]:
    """List codings in the order of the text; `code_id` takes in the codes nested under it.

    With `start` and `end`, only those of that passage. Turn and speaker are those of the first turn
    touched; `turns` says how many are.
    """
    codes = {row["id"]: row for row in codebook(db)}
    wanted: Row = {"transcript_id": transcript_id, "area_id": area_id, "coder_id": coder_id}
    wanted["ids"] = None if ids is None else json.dumps(list(ids))
    wanted |= {"start": start, "end": end}
    rows = list(db.query(LIST, {**wanted, "code_id": code_id}))
    for row in rows:
        code = codes[row["code_id"]]
        row["theme"], row["theme_id"] = code["theme"], code["theme_id"]
    return rows


# A range of transcripts, and “+” before the code, keep SQLite to the index by transcript.
LIST = """
    WITH RECURSIVE wanted (id) AS (
        SELECT id FROM code WHERE (:code_id IS NULL AND parent_id IS NULL) OR id = :code_id
        UNION ALL SELECT k.id FROM code k JOIN wanted b ON k.parent_id = b.id
    ), placed AS (
        SELECT c.*,
            (SELECT u.id FROM turn u WHERE u.transcript_id = c.transcript_id
                AND u."end" > c.start ORDER BY u."end" LIMIT 1) AS first_id,
            (SELECT u.position FROM turn u WHERE u.transcript_id = c.transcript_id
                AND u.start < c."end" ORDER BY u.start DESC LIMIT 1) AS last_position
        FROM coding c
        WHERE c.transcript_id BETWEEN coalesce(:transcript_id, 0) AND coalesce(:transcript_id, 1e18)
            AND +c.code_id IN (SELECT id FROM wanted)
            AND (:coder_id IS NULL OR c.coder_id = :coder_id)
            AND (:ids IS NULL OR c.id IN (SELECT value FROM json_each(:ids)))
            AND c.start < :end AND c."end" > :start
    )
    SELECT c.id, t.title AS transcript, u.position AS turn, k.name AS code, '' AS theme,
        o.name AS coder, c.start, c."end", c.quote, s.name AS speaker, a.key AS area,
        c.transcript_id, c.code_id, 0 AS theme_id, k.colour, c.coder_id, u.id AS turn_id,
        coalesce(c.last_position - u.position + 1, 0) AS turns,
        u.speaker_id, s.role, i.key AS issue, i.id AS issue_id, g.area_id, a.name AS area_name,
        g.id AS focus_group_id, g.name AS "group", g.phase, c.created_at,
        CASE WHEN EXISTS (SELECT 1 FROM suggestion_decision d WHERE d.coding_id = c.id
            AND d.decision = 'accepted') THEN 'suggested' ELSE 'by hand' END AS origin,
        (SELECT m.text FROM memo m WHERE m.coding_id = c.id ORDER BY m.id LIMIT 1) AS memo
    FROM placed c
    JOIN transcript t ON t.id = c.transcript_id
    JOIN focus_group g ON g.id = t.focus_group_id
    JOIN area a ON a.id = g.area_id
    JOIN code k ON k.id = c.code_id
    JOIN coder o ON o.id = c.coder_id
    LEFT JOIN turn u ON u.id = c.first_id AND u.start < c."end"
    LEFT JOIN speaker s ON s.id = u.speaker_id
    LEFT JOIN issue i ON i.id = coalesce(u.issue_id, t.issue_id)
    WHERE :area_id IS NULL OR g.area_id = :area_id
    ORDER BY t.title, c.start, c."end", c.id
    """
