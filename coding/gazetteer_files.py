"""A list of names as a file: comma-separated with a kind, or just one name a line."""

import csv
import io

from .errors import BadInput
from .gazetteer import LABELS, MOST, Entry, check_entry

LARGEST = 1024 * 1024
HEADING = ("name", "kind")


def read_entries(text: str, kind: str = "PLACE") -> list[Entry]:
    """Read a list of names, each once; a name without a kind is of the given one.

    Raises BadInput with the row where one is no name or of no kind, or a name is of two kinds.
    """
    found: dict[str, tuple[int, Entry]] = {}
    for number, (name, said) in _rows(text):
        try:
            entry = check_entry(name, said or kind)
        except BadInput as error:
            raise BadInput(f"Row {number}: {error} Nothing was stored.") from None
        first, before = found.setdefault(entry.name.lower(), (number, entry))
        if before.kind != entry.kind:
            raise BadInput(
                f"Row {number}: “{entry.name}” is a {before.kind.lower()} in row {first}; "
                "say one of them. Nothing was stored."
            )
    if not found:
        raise BadInput("The file has no names; write one a line, or the columns name and kind.")
    if len(found) > MOST:
        raise BadInput(f"The file has {len(found):,} names; the list may hold {MOST:,}.")
    return [entry for _, entry in found.values()]


def _rows(text: str) -> list[tuple[int, tuple[str, str]]]:
    """Return the rows with their numbers in the file, as name and kind."""
    if len(text) > LARGEST:
        raise BadInput("The file is larger than 1 MB; it needs only a name a line.")
    if "\0" in text:
        raise BadInput("The file is not text; save it as CSV or as plain text.")
    lines = _cells(text.lstrip("\ufeff"))
    heading = [cell.strip().casefold() for cell in lines[0]] if lines else []
    first, name, kind, width = 1, 0, 1, 2  # without a heading, a name and perhaps its kind
    if "name" in heading:
        first, name, width = 2, heading.index("name"), len(heading)
        kind = heading.index("kind") if "kind" in heading else width
    numbered = enumerate(lines[first - 1 :], first)
    return [(n, _pick(n, cells, name, kind, width)) for n, cells in numbered if any(cells)]


def _cells(text: str) -> list[list[str]]:
    head = text.lstrip().partition("\n")[0]
    mark = max((",", ";", "\t"), key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise BadInput(f"The file cannot be read as CSV: {error}. Nothing was stored.") from error
    return [[_plain(cell) for cell in row] for row in rows]


def _plain(cell: str) -> str:
    """Return a cell on one line, without the mark that keeps a spreadsheet from running it."""
    plain = " ".join(cell.split())
    return plain[1:] if plain[:1] == "'" and plain[1:2] in ("=", "+", "-", "@") else plain


def _pick(number: int, cells: list[str], name: int, kind: int, width: int) -> tuple[str, str]:
    if any(cells[width:]):
        kinds = ", ".join(LABELS).lower()
        raise BadInput(
            f"Row {number}: a row is a name and a kind ({kinds}); put a name with a comma "
            "in quotation marks. Nothing was stored."
        )
    filled = cells + [""] * (1 + max(name, kind))
    return filled[name], filled[kind]


def write_entries(found: list[Entry]) -> list[list[str]]:
    """Return a list of names as rows that `read_entries` reads, heading first."""
    return [list(HEADING), *([entry.name, entry.kind.lower()] for entry in found)]
