"""What a JSON request may hold, checked once at the edge."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request

from coding.errors import BadInput

Row = dict[str, Any]
# Beyond this, JavaScript cannot count and SQLite soon cannot store.
LARGEST = 2**53


def _whole(value: Any) -> bool:
    return type(value) is int and abs(value) < LARGEST


KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "whole": ("a whole number", _whole),
    "whole or null": ("a whole number or null", lambda value: value is None or _whole(value)),
    "text": ("a text", lambda value: isinstance(value, str)),
}


def read_fields(required: Mapping[str, str], optional: Mapping[str, str] | None = None) -> Row:
    """Return the request's JSON object; raises BadInput where a field is missing or wrong."""
    kinds = {**required, **(optional or {})}
    sent = _body()
    unknown = sent.keys() - kinds.keys()
    if unknown:
        allowed = ", ".join(kinds)
        raise BadInput(f"There is no field “{min(unknown)[:40]}” here; the fields are {allowed}.")
    for name, kind in kinds.items():
        words, accepts = KINDS[kind]
        if name not in sent and name in required:
            raise BadInput(f"The field “{name}” is missing; send {words}.")
        if name in sent and not accepts(sent[name]):
            raise BadInput(f"The field “{name}” must be {words}.")
    return sent


def _body() -> Row:
    try:
        sent = request.get_json(silent=True)
    except RecursionError:
        sent = None
    if not isinstance(sent, dict):
        raise BadInput("Send one JSON object, with the header Content-Type: application/json.")
    return sent


def whole_argument(name: str) -> int | None:
    """Return a whole number of the address, or None where it is absent or blank."""
    given = request.args.get(name, "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 15):
        raise BadInput(f"“{given[:40]}” is not a whole number; mend “{name}” in the address.")
    return int(given)
