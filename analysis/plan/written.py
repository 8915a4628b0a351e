"""A plan as canonical JSON, which is what its hash is taken of."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import MISSING, asdict, fields
from types import UnionType
from typing import Any, get_origin

from ..errors import BadInput
from .planning import Exclusion, Plan, PlannedFamily, PlannedOutcome

PARTS: dict[str, Any] = {
    "outcomes": PlannedOutcome,
    "families": PlannedFamily,
    "exclusions": Exclusion,
}


def to_json(plan: Plan) -> str:
    """Write a plan so that the same plan is always the same text."""
    return json.dumps(asdict(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plan_hash(plan: Plan) -> str:
    """Return the sha256 of a plan's canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(to_json(plan).encode()).hexdigest()


def from_json(text: str) -> Plan:
    """Read a plan back; raises BadInput where it is none."""
    try:
        return from_table(json.loads(text))
    except (TypeError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput("This is not a plan.") from error


def from_table(table: dict[str, Any]) -> Plan:
    """Build a plan from nested tables, as JSON and TOML give them."""
    values = dict(table)
    for name, kind in PARTS.items():
        entries = values.get(name, [])
        if not isinstance(entries, list):
            raise BadInput(f"“{name}” of the plan must be tables.")
        values[name] = [_part(kind, entry, name) for entry in entries]
    plan: Plan = _built(Plan, values, "the plan")
    return plan


def _part(kind: Any, entry: Any, where: str) -> Any:
    if not isinstance(entry, dict):
        raise BadInput(f"“{where}” of the plan must be tables.")
    return _built(kind, entry, where)


def _built(kind: Any, values: dict[str, Any], where: str) -> Any:
    known = {field.name: field for field in fields(kind)}
    for name, value in values.items():
        if name not in known:
            raise BadInput(f"“{name}” in {where} is unknown; allowed are: {', '.join(known)}.")
        if name not in PARTS:
            _check_kind(value, known[name].type, f"“{name}” in {where}")
    for name, field in known.items():
        if field.default is MISSING and name not in values:
            raise BadInput(f"“{name}” is missing in {where}.")
    lists = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return kind(**lists)


def _check_kind(value: Any, kind: Any, what: str) -> None:
    """Refuse what has another kind than its field: a text where a list belongs, and so on."""
    word, fits = KINDS.get(kind) or KINDS.get(get_origin(kind)) or KINDS[tuple]
    if not fits(value):
        raise BadInput(f"{what} must be {word}.")


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return value is None or _is_whole(value) or isinstance(value, float)


# By the type of the field; lists of texts have several.
KINDS: dict[Any, tuple[str, Callable[[Any], bool]]] = {
    tuple: ("a list of texts", _is_list),
    UnionType: ("a number", _is_number),
    bool: ("true or false", lambda value: isinstance(value, bool)),
    int: ("a whole number", _is_whole),
    str: ("a text", lambda value: isinstance(value, str)),
}
