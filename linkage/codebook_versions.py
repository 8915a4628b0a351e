"""The codebook of a version, a snapshot's or the one of now, for eyes and for files."""

from typing import Any

from sqlite_utils import Database

from coding.codebook import TEXTS, codebook
from coding.spoken_again import sift_texts

from .codebook_at import codebook_at

Row = dict[str, Any]
COLUMNS = ("id", "path", "name", "colour", *TEXTS, "own_codings", "codings", "guid")


def codebook_of(db: Database, version: Row | None = None) -> list[Row]:
    """List the codes of a snapshot, or as they are now."""
    return codebook(db) if version is None else codebook_at(db, version["change_id"])


def plain_codebook(db: Database, version: Row | None = None) -> list[Row]:
    """Write a codebook as a table for a file, without texts that repeat withheld words."""
    rows = [{name: row[name] for name in COLUMNS} for row in codebook_of(db, version)]
    return sift_texts(db, rows, "publication", TEXTS).rows
