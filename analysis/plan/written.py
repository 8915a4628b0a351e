"""A plan as canonical JSON, which is what its hash is taken of."""

import hashlib
import json
from dataclasses import asdict, fields
from typing import Any

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
        values[name] = [_part(kind, entry, name) for entry in values.get(name, [])]
    return Plan(**_known(Plan, values, "the plan"))


def _part(kind: Any, entry: Any, where: str) -> Any:
    if not isinstance(entry, dict):
        raise BadInput(f"“{where}” of the plan must be tables.")
    lists = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return kind(**_known(kind, lists, where))


def _known(kind: Any, values: dict[str, Any], where: str) -> dict[str, Any]:
    known = [field.name for field in fields(kind)]
    for name in values:
        if name not in known:
            raise BadInput(f"“{name}” in {where} is unknown; allowed are: {', '.join(known)}.")
    return values
