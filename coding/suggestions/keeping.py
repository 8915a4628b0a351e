"""The fit that is kept, with the suggestions that are open; whether it is still of now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from .. import language
from ..checks import Row, now

# All that a fit depends on: what is coded, which texts there are, and what codes are called.
LEARNED = """
    SELECT 'coding', transcript_id, start, "end", code_id FROM coding
    UNION ALL SELECT 'decided', transcript_id, start, "end", code_id FROM suggestion_decision
    UNION ALL SELECT 'text', id, text_version, 0, 0 FROM transcript
    ORDER BY 1, 2, 3, 4, 5
    """
CODES = "SELECT id, name, definition, include FROM code ORDER BY id"
DECIDED = 'SELECT transcript_id, code_id, start, "end" FROM suggestion_decision'
ADD = """
    INSERT INTO open_suggestion
        (transcript_id, code_id, start, "end", probability, reasons) VALUES (?, ?, ?, ?, ?, ?)
    """


def code_texts(db: Database) -> dict[int, str]:
    """Return what each code is called and means, in the order of the codes' numbers."""
    return {
        code: ". ".join(part.strip() for part in texts if part.strip())
        for code, *texts in db.execute(CODES).fetchall()
    }


def model_label() -> str:
    """Name what suggestions are made with: the meaning of words is of one model or none."""
    from . import embeddings

    meaning = embeddings.NAME if embeddings.available() else language.installed_model().label
    return f"TF-IDF, latent semantic analysis and ridge regression, {meaning}"


def digest(db: Database) -> str:
    """Digest all that a fit made now would depend on; another digest means it is stale."""
    seen = hashlib.sha256(model_label().encode())
    for row in db.execute(LEARNED).fetchall():
        seen.update(json.dumps(row).encode())
    seen.update(json.dumps(code_texts(db)).encode())
    return seen.hexdigest()


def is_stale(db: Database) -> bool:
    """Say whether anything was changed since the fit that is kept; without a fit, yes."""
    kept = db.execute("SELECT fit_sha256 FROM suggestion_fit").fetchone()
    return kept is None or kept[0] != digest(db)


def decided(db: Database) -> set[tuple[int, int, int, int]]:
    """Return what was accepted or rejected: transcript, code, start and end."""
    return {tuple(row) for row in db.execute(DECIDED).fetchall()}


def decided_words(db: Database) -> set[tuple[int, int, str]]:
    """Return the same by words, since a correction moves places: transcript, code and quote."""
    query = "SELECT transcript_id, code_id, quote FROM suggestion_decision"
    return {tuple(row) for row in db.execute(query).fetchall()}


def transcripts(db: Database) -> dict[int, int]:
    """Map each transcript to the version of its text, to which places refer."""
    return dict(db.execute("SELECT id, text_version FROM transcript").fetchall())


def keep(
    db: Database, fit_sha256: str, quality: Mapping[str, Any], suggestions: Iterable[Row]
) -> int:
    """Put a fit and its suggestions in place of the former ones; returns how many these are."""
    rows = [
        (r["transcript_id"], r["code_id"], r["start"], r["end"], r["probability"], r["reasons"])
        for r in suggestions
    ]
    db.execute("DELETE FROM open_suggestion")
    db.conn.executemany(ADD, rows)
    fit = {"only": 1, "fit_sha256": fit_sha256, "model": model_label(), "fitted_at": now()}
    fit["quality"] = json.dumps(quality)
    db.table("suggestion_fit").insert(fit, pk="only", replace=True)
    return len(rows)
