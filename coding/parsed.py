"""Parsed transcripts as they are kept: what each was made from, and whether that still stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256

from sqlite_utils import Database

from .gazetteer import Entry
from .transcripts import LONGEST

PIECES = """
    SELECT t.id, x.text FROM transcript t
    JOIN transcript_text x ON x.transcript_id = t.id AND x.version = t.text_version
    WHERE t.id BETWEEN coalesce(:id, 0) AND coalesce(:id, :most) ORDER BY t.id, x.start
    """
SPANS = """
    SELECT transcript_id, group_concat(speech_start || ' ' || "end") FROM (
        SELECT transcript_id, speech_start, "end" FROM turn
        WHERE transcript_id BETWEEN coalesce(:id, 0) AND coalesce(:id, :most)
        ORDER BY transcript_id, position)
    GROUP BY transcript_id
    """


def sources(db: Database, transcript_id: int | None = None) -> Iterator[tuple[int, str, str]]:
    """Yield each transcript's number, its text and where its turns' speech stands in it.

    Two quick queries over everything: asking transcript by transcript takes ten times as long.
    """
    which = {"id": transcript_id, "most": LONGEST}
    spans = dict(db.execute(SPANS, which).fetchall())
    texts: dict[int, list[str]] = {}
    for number, piece in db.execute(PIECES, which).fetchall():
        texts.setdefault(number, []).append(piece)
    for number, pieces in texts.items():
        yield number, "".join(pieces), spans.get(number, "")


def digest(model: str, names: Iterable[Entry], text: str, spans: str) -> str:
    """Digest all that a parse is made from."""
    told = json.dumps([model, sorted(names), spans]).encode()
    return sha256(told + b"\0" + text.encode("utf-8", "surrogatepass")).hexdigest()


def kept_digests(db: Database) -> dict[int, str]:
    """Map each kept transcript to the digest of what it was parsed from."""
    return dict(db.execute("SELECT transcript_id, key_sha256 FROM parsed_transcript").fetchall())


def kept_docs(db: Database, transcript_id: int, key: str) -> bytes | None:
    """Return a kept transcript, or None where it is not kept as it stands."""
    found = db.execute(
        "SELECT docs FROM parsed_transcript WHERE transcript_id = ? AND key_sha256 = ?",
        [transcript_id, key],
    ).fetchone()
    return found[0] if found else None


def store(db: Database, transcript_id: int, key: str, model: str, docs: bytes) -> None:
    """Put a parsed transcript in the place of an earlier one."""
    row = {"transcript_id": transcript_id, "key_sha256": key, "model": model, "docs": docs}
    db.table("parsed_transcript").insert(row, pk="transcript_id", replace=True)


def forget(db: Database, transcript_id: int) -> None:
    """Drop what was parsed of a transcript, for whoever changes its words: they stand in it."""
    db.execute("DELETE FROM parsed_transcript WHERE transcript_id = ?", [transcript_id])


def kept_size(db: Database) -> dict[str, int]:
    """Count the transcripts that are kept, as they stand or not, and their bytes."""
    sql = "SELECT count(*), coalesce(sum(length(docs)), 0) FROM parsed_transcript"
    transcripts, size = db.execute(sql).fetchone()
    return {"transcripts": transcripts, "bytes": size}


def kept_models(db: Database) -> dict[int, str]:
    """Map each kept transcript to the model that parsed it."""
    return dict(db.execute("SELECT transcript_id, model FROM parsed_transcript").fetchall())
