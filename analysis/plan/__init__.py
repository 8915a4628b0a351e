"""The plan of a wave: what will be estimated, said before anybody has seen results."""

from .planning import Exclusion, Plan, PlannedFamily, PlannedOutcome
from .written import from_json, plan_hash, to_json

__all__ = [
    "Exclusion",
    "Plan",
    "PlannedFamily",
    "PlannedOutcome",
    "from_json",
    "plan_hash",
    "to_json",
]
