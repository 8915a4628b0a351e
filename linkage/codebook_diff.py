"""What changed in the codebook between two moments, code by code."""

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from coding.codebook import TEXTS, codebook

from .codebook_at import codebook_at

Row = dict[str, Any]
COMPARED = tuple(f"{field}_{when}" for field in TEXTS for when in ("from", "to"))


@dataclass(frozen=True)
class CodeDiff:
    """A code at two moments: None where it was not there, and in which ways it differs."""

    code_id: int
    before: Row | None
    after: Row | None
    ways: tuple[str, ...]

    @property
    def row(self) -> Row:
        """Return the code as it is after, or was before it was deleted."""
        row = self.after or self.before
        assert row
        return row

    @property
    def counts(self) -> tuple[int, int]:
        """Return how many codings the code had alone, before and after."""
        both = (self.before, self.after)
        return tuple(row["own_codings"] if row else 0 for row in both)  # type: ignore[return-value]

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """Return the definition and rules that differ, before and after."""
        if not (self.before and self.after):
            return []
        pairs = [(field, self.before[field], self.after[field]) for field in TEXTS]
        return [(field, old, new) for field, old, new in pairs if old != new]


def diff_codebook(db: Database, since: int, until: int | None = None) -> list[CodeDiff]:
    """Compare the codebook after change `since` with the one after `until`, or as it is now.

    Every code of either moment is listed, in the order of the later tree, deleted ones last;
    `ways` is empty where nothing but the codings changed.
    """
    old = {row["id"]: row for row in codebook_at(db, since)}
    later = codebook(db) if until is None else codebook_at(db, until)
    new = {row["id"]: row for row in later}
    ids = [*new, *(code_id for code_id in old if code_id not in new)]
    return [_compare(code_id, old.get(code_id), new.get(code_id)) for code_id in ids]


def _compare(code_id: int, before: Row | None, after: Row | None) -> CodeDiff:
    if before is None or after is None:
        return CodeDiff(code_id, before, after, ("added" if after else "removed",))
    checks = {
        "renamed": ("name",),
        "moved": ("parent_id",),
        "redefined": tuple(TEXTS),
        "recoloured": ("colour",),
    }
    ways = tuple(
        way for way, fields in checks.items() if any(before[f] != after[f] for f in fields)
    )
    return CodeDiff(code_id, before, after, ways)


def plain_diff(diffs: list[CodeDiff]) -> list[Row]:
    """Write the comparison as a table: one row a code, both moments side by side."""
    fields = ("path", "colour", *TEXTS)
    rows: list[Row] = []
    for diff in diffs:
        row: Row = {"code": diff.row["name"], "change": ", ".join(diff.ways) or "same"}
        for field in fields:
            for when, side in (("from", diff.before), ("to", diff.after)):
                row[f"{field}_{when}"] = side[field] if side else None
        row["codings_from"], row["codings_to"] = diff.counts
        rows.append(row)
    return rows
