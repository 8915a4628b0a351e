"""Which codings the desk shows, as its address says: all, or some by code, coder and origin."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from typing import Any

from flask import request
from sqlite_utils import Database

from coding import codebook
from coding.checks import get
from coding.codings import ORIGINS, list_marks
from coding.errors import BadInput

from ...arguments import whole_argument

Row = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """What is shown; `codes` are a code and all that are nested under it."""

    code_id: int | None = None
    codes: frozenset[int] | None = None
    coder_id: int | None = None
    origin: str | None = None

    @property
    def all(self) -> bool:
        """Whether nothing is left out."""
        return self == Shown()

    def marks(self, db: Database, transcript_id: int, *span: int) -> list[Row]:
        """List the codings of a passage that are shown."""
        only: Row = {"codes": self.codes, "coder_id": self.coder_id, "origin": self.origin}
        return list_marks(db, transcript_id, *span, **only)

    @property
    def arguments(self) -> Mapping[str, int | str]:
        """What the address must say for the same."""
        named = {"code": self.code_id, "coder": self.coder_id, "origin": self.origin}
        return {name: value for name, value in named.items() if value is not None}


def asked(db: Database) -> Shown:
    """Read from the address what is shown; raises NotFound where it names nothing."""
    code_id, coder_id = whole_argument("code"), whole_argument("coder")
    if coder_id is not None:
        get(db, "coder", coder_id, "coder")
    branch = None if code_id is None else _branch(db, code_id)
    return Shown(code_id, branch, coder_id, _origin())


def _origin() -> str | None:
    origin = request.args.get("origin") or None
    if origin and origin not in ORIGINS:
        raise BadInput(f"The origin of a coding is one of: {', '.join(ORIGINS)}.")
    return origin


def _branch(db: Database, code_id: int) -> frozenset[int]:
    """Return a code and all that are nested under it: what follows it, deeper, in the tree."""
    get(db, "code", code_id, "code")
    codes = dropwhile(lambda code: code["id"] != code_id, codebook.codebook(db))
    top = next(codes)
    nested = takewhile(lambda code: code["depth"] > top["depth"], codes)
    return frozenset({code_id, *(code["id"] for code in nested)})
