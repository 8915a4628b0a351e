"""Open suggestions as a person reviews them: where they stand, how likely, what speaks for them.

What was decided, coded meanwhile or stands in a text that was corrected since is not open. Reasons
hold no quotes: the nearest coded passages are read when shown, so that only what the reader may
see is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from string import Template
from typing import TYPE_CHECKING

from sqlite_utils import Database

from coding.checks import Row
from coding.codings import list_codings
from coding.errors import BadInput
from coding.transcripts import passage

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = 140  # characters told on each side of a passage
ORDERS = ("confidence", "code", "text")
COLUMNS = ("transcript", "turn", "start", "end", "quote", "code", "probability", "reasons")
# Words for a calibrated probability, from the lowest that bears each.
LIKELY = (
    (0.9, "very likely"),
    (0.7, "likely"),
    (0.5, "rather likely"),
    (0.3, "possible"),
    (0.0, "a guess"),
)


def probability_word(probability: float) -> str:
    """Say a probability in a plain word."""
    return next(word for least, word in LIKELY if probability >= least)


def read_fit(db: Database) -> Row | None:
    """Return what was learned last: `model`, `fitted_at`, `fit_sha256`, `quality`; or None."""
    found = next(iter(db.table("suggestion_fit").rows_where("only = 1")), None)
    return found and {**found, "quality": json.loads(found["quality"])}


def list_open(
    db: Database,
    *,
    code_id: int | None = None,
    transcript_id: int | None = None,
    order: str = "confidence",
    limit: int = -1,
    offset: int = 0,
) -> list[Row]:
    """List open suggestions with their words, the words around them, and what speaks for them.

    `order` is by confidence, by code and then confidence, or as the text runs; `limit` −1 is all.
    """
    if order not in ORDERS:
        raise BadInput(f"Suggestions are ordered by {', '.join(ORDERS)}; choose one.")
    asked = {"code_id": code_id, "transcript_id": transcript_id, "order": order}
    rows = list(db.query(LIST, {**asked, "limit": limit, "offset": offset}))
    _add_words(db, rows)
    return rows


def count_open(
    db: Database, *, code_id: int | None = None, transcript_id: int | None = None
) -> int:
    """Count the open suggestions."""
    asked = {"code_id": code_id, "transcript_id": transcript_id}
    return int(db.execute(COUNT, asked).fetchone()[0])


def count_by_code(db: Database) -> list[Row]:
    """Count the open suggestions of each code that has any, the most first."""
    return list(db.query(BY_CODE, {"code_id": None, "transcript_id": None}))


def count_overtaken(db: Database) -> int:
    """Count the suggestions that stand in a text which was corrected since they were made."""
    return int(db.execute(OVERTAKEN).fetchone()[0])


def find_one(db: Database, transcript_id: int, code_id: int, start: int, end: int) -> Row | None:
    """Return one open suggestion as `list_open` tells it, or None where it is not open."""
    asked = {"code_id": code_id, "transcript_id": transcript_id, "start": start, "end": end}
    rows = list(db.query(ONE, asked))
    _add_words(db, rows)
    return rows[0] if rows else None


def suggestions_frame(
    db: Database, *, code_id: int | None = None, top: int | None = None
) -> pd.DataFrame:
    """Return the open suggestions as a frame, the most likely first; `reasons` are the words."""
    import pandas as pd

    rows = list_open(db, code_id=code_id, limit=-1 if top is None else top)
    told = [{**row, "reasons": reasons_line(row)} for row in rows]
    return pd.DataFrame(told, columns=list(COLUMNS))


def reasons_line(row: Row) -> str:
    """Write what speaks for a suggestion on one line, without anybody's words but its own."""
    words = ", ".join(word for word, _ in row["reasons"]["words"])
    near = len(row["reasons"]["nearest"])
    parts = [f"words: {words}" if words else "", f"{near} coded passages like it" if near else ""]
    return "; ".join([*filter(None, parts), f"learned from {row['reasons']['from']}"])


def _add_words(db: Database, rows: list[Row]) -> None:
    for row in rows:
        first, last = row["start"] - CONTEXT, row["end"] + CONTEXT
        first = max(first, row["speech_start"] or 0, 0)
        # A passage over several turns has no more of its last one told than stands in the first.
        last = max(min(last, row["turn_end"] or last), row["end"])
        around = passage(db, row["transcript_id"], first, last)
        at, length = row["start"] - first, row["end"] - row["start"]
        row["quote"] = around[at : at + length]
        row["before"] = ("…" if at == CONTEXT else "") + around[:at]
        rest = around[at + length :]
        row["after"] = rest + ("…" if len(rest) == CONTEXT else "")
        row["reasons"] = _reasons(row["reasons"])
        row["likely"] = probability_word(row["probability"])


def _reasons(stored: str) -> Row:
    return {"words": [], "nearest": [], "from": "coded passages", **json.loads(stored)}


def add_nearest(db: Database, rows: Iterable[Row], most: int = 2) -> None:
    """Give each suggestion, as `near`, the coded passages that speak for it, as far as seen."""
    rows = list(rows)
    ids = {number for row in rows for number in row["reasons"]["nearest"][:most]}
    found = {row["id"]: row for row in list_codings(db, ids=sorted(ids))} if ids else {}
    for row in rows:
        near = (found.get(number) for number in row["reasons"]["nearest"][:most])
        row["near"] = [coding for coding in near if coding]


_OPEN = Template("""
    SELECT $what
    FROM open_suggestion s
    JOIN code k ON k.id = s.code_id
    JOIN transcript t ON t.id = s.transcript_id
    JOIN focus_group g ON g.id = t.focus_group_id
    JOIN area a ON a.id = g.area_id
    LEFT JOIN turn u ON u.id = (SELECT v.id FROM turn v WHERE v.transcript_id = s.transcript_id
        AND v."end" > s.start ORDER BY v."end" LIMIT 1)
    LEFT JOIN speaker p ON p.id = u.speaker_id
    WHERE (:code_id IS NULL OR s.code_id = :code_id)
        AND (:transcript_id IS NULL OR s.transcript_id = :transcript_id)
        AND NOT EXISTS (SELECT 1 FROM suggestion_decision d
            WHERE d.transcript_id = s.transcript_id AND d.code_id = s.code_id
            AND d.start = s.start AND d."end" = s."end")
        AND NOT EXISTS (SELECT 1 FROM coding c
            WHERE c.transcript_id = s.transcript_id AND c.code_id = s.code_id
            AND c.start < s."end" AND c."end" > s.start)
        AND NOT EXISTS (SELECT 1 FROM correction x WHERE x.transcript_id = s.transcript_id
            AND x.made_at >= (SELECT fitted_at FROM suggestion_fit))
    $more
    """)
_TOLD = """s.transcript_id, t.title AS transcript, u.position AS turn, s.start, s."end",
        '' AS quote, k.name AS code, s.probability, s.reasons, s.code_id,
        p.name AS speaker, a.key AS area, a.name AS area_name, u.speech_start,
        u."end" AS turn_end"""
_ORDER = """ORDER BY CASE WHEN :order = 'code' THEN k.name END,
        CASE WHEN :order <> 'text' THEN s.probability END DESC,
        t.title, s.start, s."end", k.name
    LIMIT :limit OFFSET :offset"""
LIST = _OPEN.substitute(what=_TOLD, more=_ORDER)
ONE = _OPEN.substitute(what=_TOLD, more='AND s.start = :start AND s."end" = :end')
COUNT = _OPEN.substitute(what="count(*)", more="")
BY_CODE = _OPEN.substitute(
    what="s.code_id, k.name AS code, count(*) AS open",
    more="GROUP BY s.code_id ORDER BY open DESC, k.name",
)
OVERTAKEN = """
    SELECT count(*) FROM open_suggestion s WHERE EXISTS (
        SELECT 1 FROM correction x WHERE x.transcript_id = s.transcript_id
        AND x.made_at >= (SELECT fitted_at FROM suggestion_fit))
    """
