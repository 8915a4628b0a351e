"""What a value of a file made elsewhere may be: pages, stylesheets and undo rely on it."""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from coding.checks import CONTROL
from coding.codebook import COLOUR
from coding.errors import BadInput

from ..areas import KEY

LONGEST = 64 * 1024**2
LARGEST_ID = 2**40
GUID = re.compile(r"[0-9A-Za-z{}-]{1,64}")
DIGEST = re.compile(r"[0-9a-f]{64}")
Row = tuple[Any, ...]
Check = Callable[[Any], bool]


def _matches(pattern: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _time(value: Any) -> bool:
    try:
        return bool(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _list_of_words(value: Any) -> bool:
    try:
        found = json.loads(value)
    except (TypeError, ValueError):
        return False
    return isinstance(found, list) and all(isinstance(word, str) for word in found)


def _mapping(value: Any) -> bool:
    from analysis.errors import BadInput as BadNumbers
    from analysis.mapping_toml import parse_mapping

    try:
        return bool(parse_mapping(value))
    except (BadNumbers, TypeError, ValueError):
        return False


def _labels(value: Any) -> bool:
    try:
        found = json.loads(value)
        return all(isinstance(code, str | int | float) and isinstance(word, str)
                   for code, word in found)  # fmt: skip
    except (TypeError, ValueError):
        return False


def _counts(value: Any) -> bool:
    """Say whether a value counts reasons: an object of whole numbers."""
    try:
        found = json.loads(value)
    except (TypeError, ValueError):
        return False
    return isinstance(found, dict) and all(type(count) is int for count in found.values())


def _cells(value: Any) -> bool:
    from ..releases import from_body

    try:
        return isinstance(from_body(value), dict)
    except (TypeError, ValueError):
        return False


def _difference(value: Any) -> bool:
    try:
        found = json.loads(value)
        counts = [found[name] for name in ("new", "gone", "changed")]
        counts += [v for item in found["items"] for k, v in item.items()
                   if k not in ("item", "change")]  # fmt: skip
        return all(isinstance(count, int) for count in counts)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _plan(value: Any) -> bool:
    from analysis.errors import BadInput as BadNumbers
    from analysis.plan import from_json

    try:
        return bool(from_json(value))
    except (BadNumbers, TypeError, ValueError, RecursionError):
        return False


def _name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 1000 and not CONTROL.search(value)


def _row_id(value: Any) -> bool:
    return isinstance(value, int) and 0 < value <= LARGEST_ID


EXACT: dict[tuple[str, str], Check] = {
    ("area", "key"): _matches(KEY),
    ("issue", "key"): _matches(KEY),
    ("wave", "key"): _matches(KEY),
    ("code", "colour"): _matches(COLOUR),
    ("allocation_receipt", "within"): _list_of_words,
    ("allocation_receipt", "arms"): _list_of_words,
    ("survey_import", "mapping"): _mapping,
    ("survey_import", "report"): _list_of_words,
    ("survey_item", "labels"): _labels,
    ("replaced_import", "mapping"): _mapping,
    ("replaced_import", "difference"): _difference,
    ("plan", "body"): _plan,
    ("release", "reasons"): _counts,
    ("released_table", "body"): _cells,
    ("change_payload", "salt"): lambda value: isinstance(value, bytes) and len(value) <= 64,
    ("change", "at"): _time,
    ("change", "hash"): _matches(DIGEST),
    ("change_row", "digest"): _matches(DIGEST),
}
BY_NAME: dict[str, Check] = {"id": _row_id, "name": _name, "title": _name}
BY_ENDING: dict[str, Check] = {
    "_id": _row_id, "_at": _time, "_on": _time, "_sha256": _matches(DIGEST), "guid": _matches(GUID)
}  # fmt: skip


def checked(table: str, columns: list[str], rows: Iterable[Row]) -> Iterator[Row]:
    """Pass rows on; raises BadInput at the first value that no Coproduce writes."""
    tests = [_test(table, column) for column in columns]
    for number, row in enumerate(rows, 1):
        for column, test, value in zip(columns, tests, row, strict=True):
            if value is not None and not test(value):
                raise BadInput(
                    f"The file holds a value in row {number:,} of {table}, column {column}, "
                    "that Coproduce does not write; it was not opened."
                )
        yield row


def check_value(table: str, column: str, value: Any) -> bool:
    """Say whether one value may stand in a column."""
    return value is None or _test(table, column)(value)


def _test(table: str, column: str) -> Check:
    found = EXACT.get((table, column)) or BY_NAME.get(column)
    if found is None:
        found = next((BY_ENDING[end] for end in BY_ENDING if column.endswith(end)), None)
    return found or _plain


def _plain(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
