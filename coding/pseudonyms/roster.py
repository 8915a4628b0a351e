"""A list of participants' names from a file: read, used and forgotten, never stored in a study."""

import csv
import io
from collections.abc import Sequence

from ..checks import check_name
from ..errors import BadInput
from .words import fold, words_of

LARGEST, MOST_NAMES = 5_000_000, 20_000
_WHOLE = frozenset(["name", "fullname", "participant", "participantname", "member", "attendee"])
_FIRST_WORDS = """
first firstname forename forenames givenname givennames given
"""
_FIRST = frozenset(_FIRST_WORDS.split())
_LAST = frozenset(["last", "lastname", "surname", "familyname", "family"])
_OTHER_WORDS = """
knownas preferredname nickname alias preferred previousname maidenname
"""
_OTHER = frozenset(_OTHER_WORDS.split())
_HEADINGS = _WHOLE | _FIRST | _LAST | _OTHER


def read_roster(file_name: str, content: bytes) -> list[str]:
    """Read the names of a .csv, .xlsx or .txt file, each once, in order.

    A table needs a heading such as “name”, or “first name” and “surname”; “known as” is taken
    too. A text has a name a line. Raises BadInput where there are no names.
    """
    if len(content) > LARGEST:
        raise BadInput("The list of names is larger than 5 MB; it needs only a name a line.")
    ending = file_name.lower().rpartition(".")[2]
    if ending == "xlsx":
        rows = _workbook(content)
    elif ending in ("csv", "tsv", "txt"):
        rows = _lines(content, ending)
    else:
        raise BadInput("The list of names must be a .csv, .xlsx or .txt file; save it as one.")
    return _names([[" ".join(cell.split()) for cell in row] for row in rows])


def _workbook(content: bytes) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [[str(cell) for cell in row] for row in sheet.to_python()]
    except (CalamineError, IndexError) as error:
        raise BadInput("The list of names cannot be read as a workbook; save it again.") from error


def _lines(content: bytes, ending: str) -> list[list[str]]:
    from charset_normalizer import from_bytes

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = str(from_bytes(content).best() or "")
    if ending == "txt" and "\t" not in text:
        return [[line] for line in text.splitlines()]
    head = text.partition("\n")[0]
    mark = max((",", ";", "\t"), key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise BadInput(f"The list of names cannot be read as CSV: {error}.") from error


def _names(rows: Sequence[Sequence[str]]) -> list[str]:
    rows = [row for row in rows if any(row)]
    if not rows:
        raise BadInput("The list of names is empty; give a name a line.")
    headings = ["".join(word.key for word in words_of(fold(cell))) for cell in rows[0]]
    if not set(headings) & _HEADINGS:
        if max(map(len, rows)) > 1:
            raise BadInput(
                "The list of names needs a heading “name”, or “first name” and “surname”; it has: "
                f"{', '.join(cell[:40] for cell in rows[0][:20])}."
            )
        names = [row[0] for row in rows]
    else:
        names = [name for row in rows[1:] for name in _row_names(headings, row)]
    found = [check_name(name, "a participant") for name in dict.fromkeys(names) if name.strip()]
    if not found:
        raise BadInput("The list of names has a heading and no name below it.")
    if len(found) > MOST_NAMES:
        raise BadInput(f"The list has more than {MOST_NAMES:,} names; split it.")
    return found


def _row_names(headings: Sequence[str], row: Sequence[str]) -> list[str]:
    cells = list(zip(headings, row, strict=False))
    first = " ".join(cell for heading, cell in cells if heading in _FIRST and cell)
    last = " ".join(cell for heading, cell in cells if heading in _LAST and cell)
    whole = [cell for heading, cell in cells if heading in _WHOLE and cell]
    other = [cell for heading, cell in cells if heading in _OTHER and cell]
    return [*whole, *filter(None, [f"{first} {last}".strip()]), *other]
