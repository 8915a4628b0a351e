"""A plan for tests."""

from typing import Any

from analysis.plan import Plan, PlannedOutcome

HOURS = PlannedOutcome("hours", "health", "hours_willing_with_others", "hours", True, 0, 40, 0.5)
JOIN = PlannedOutcome("join", "health", "done_in_groups", "binary")


def a_plan(**changed: Any) -> Plan:
    values: dict[str, Any] = {
        "arms": ["none", "A", "B", "A+B"],
        "areas": ["east", "west"],
        "issues": ["health"],
        "outcomes": [HOURS, JOIN],
        "primary_contrast": "A alone",
        "contrasts": ["A alone", "B alone"],
    }
    return Plan(**values | changed)
