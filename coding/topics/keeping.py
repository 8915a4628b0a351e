"""Keep what was found, under a digest of words, model and question, and say when it is stale."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from ..checks import now
from ..codebook import codebook
from ..language import installed_model
from .asking import Asked

MOST_KEPT = 24
TEXTS = ("name", "definition", "include", "example")  # what tells what a code is about


@dataclass(frozen=True)
class Kept:
    """Topics as they were found: of which question, by which model, when."""

    key_sha256: str
    asked: Asked
    model: str
    codes_sha256: str
    found_at: str
    found: dict[str, Any]

    @property
    def topics(self) -> list[dict[str, Any]]:
        """The topics, the largest first."""
        return list(self.found["topics"])


def key(db: Database, asked: Asked) -> str:
    """Return the digest of all that the topics follow from."""
    words = [list(row) for row in db.execute(WORDS, {"area": asked.area_id}).fetchall()]
    people = [list(row) for row in db.execute(PEOPLE, {"area": asked.area_id}).fetchall()]
    codes = codes_digest(db) if asked.guided else ""
    said = [asdict(asked), installed_model().label, words, people, codes]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


# A correction gives a text another version; what it says is never changed in place.
WORDS = """
    SELECT t.id, t.file_sha256, t.text_version, g.id, g.area_id, g.phase
    FROM transcript t JOIN focus_group g ON g.id = t.focus_group_id
    WHERE :area = 0 OR g.area_id = :area ORDER BY t.id
    """
PEOPLE = """
    SELECT s.id, s.name, s.role FROM speaker s JOIN focus_group g ON g.id = s.focus_group_id
    WHERE :area = 0 OR g.area_id = :area ORDER BY s.id
    """


def codes_digest(db: Database) -> str:
    """Return a digest of what the codebook says, to tell when it says something else."""
    said = [[code["id"], *(code[name] for name in TEXTS)] for code in codebook(db)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def keep(db: Database, asked: Asked, found: dict[str, Any]) -> str:
    """Keep what was found; returns its key. The oldest beyond a few go."""
    row = {
        "key_sha256": key(db, asked),
        "serial": 1 + db.execute("SELECT coalesce(max(serial), 0) FROM topics_found").fetchone()[0],
        "only_area": asked.area_id,
        "asked": json.dumps(asdict(asked)),
        "model": installed_model().label,
        "codes_sha256": codes_digest(db),
        "found_at": now(),
        "found": json.dumps(found),
    }
    db.table("topics_found").insert(row, pk="key_sha256", replace=True)
    db.execute(
        "DELETE FROM topics_found WHERE serial <= ?",
        [row["serial"] - MOST_KEPT],
    )
    return str(row["key_sha256"])


def kept_topics(db: Database, asked: Asked) -> Kept | None:
    """Return what was found last for a question, though it may be stale."""
    rows = db.query(
        "SELECT * FROM topics_found WHERE asked = ? ORDER BY serial DESC LIMIT 1",
        [json.dumps(asdict(asked))],
    )
    return next((_kept(row) for row in list(rows)), None)


def topics_of_key(db: Database, key_sha256: str) -> Kept | None:
    """Return what is kept under a key."""
    rows = db.query("SELECT * FROM topics_found WHERE key_sha256 = ?", [key_sha256])
    return next((_kept(row) for row in list(rows)), None)


def last_asked(db: Database, area_id: int | None = None) -> Asked | None:
    """Return the question that was asked last, of an area where one is given."""
    found = db.execute(
        "SELECT asked FROM topics_found WHERE :area IS NULL OR only_area = :area"
        " ORDER BY serial DESC LIMIT 1",
        {"area": area_id},
    ).fetchone()
    return Asked(**json.loads(found[0])) if found else None


def _kept(row: dict[str, Any]) -> Kept:
    asked, found = Asked(**json.loads(row["asked"])), json.loads(row["found"])
    return Kept(row["key_sha256"], asked, row["model"], row["codes_sha256"], row["found_at"], found)


def why_stale(db: Database, kept: Kept) -> str:
    """Say what changed since the topics were found; blank where they stand."""
    if kept.model != installed_model().label:
        return f"Another language model is installed now than {kept.model}, which found these."
    if key(db, kept.asked) == kept.key_sha256:
        return ""
    if kept.asked.guided and codes_digest(db) != kept.codes_sha256:
        return "The codebook, or the words, changed since these topics were found."
    return "Words, speakers or groups changed since these topics were found."
