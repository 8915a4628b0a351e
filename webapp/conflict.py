"""Two people changed one thing: what each did, field by field, against what both began from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .word_diff import Piece, word_diff

Row = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """A field that is saved otherwise than it was typed; `whose` says who changed it."""

    field: str
    label: str
    theirs: str
    yours: str
    whose: str  # both, yours or theirs
    diff: list[Piece]


def compare(
    labels: Mapping[str, str],
    base: Mapping[str, Any] | None,
    theirs: Mapping[str, Any],
    typed: Mapping[str, Any],
    shown: Callable[[str, str], str] = lambda field, value: value,
) -> list[Difference]:
    """List the fields in which what is saved differs from what was typed."""
    found = []
    for field, label in labels.items():
        saved, mine = _plain(theirs[field]), _plain(typed.get(field, theirs[field]))
        if saved != mine:
            whose = _whose(_plain(base[field]) if base else None, saved, mine)
            sides = shown(field, saved), shown(field, mine)
            found.append(Difference(field, label, *sides, whose, word_diff(*sides)))
    return found


def bring_together(
    found: list[Difference], theirs: Mapping[str, Any], typed: Mapping[str, Any]
) -> Row:
    """Return the form anew: as typed, and as saved where only the other person changed a field."""
    kept = {one.field: theirs[one.field] for one in found if one.whose == "theirs"}
    return {**theirs, **typed, **kept, "revision": theirs["revision"]}


def _whose(base: str | None, saved: str, mine: str) -> str:
    if base == mine:
        return "theirs"
    return "yours" if base == saved else "both"


def _plain(value: Any) -> str:
    """Bring a value into the form in which browsers and the study agree."""
    return "\n".join("" if value is None else line.rstrip() for line in str(value).split("\n"))
