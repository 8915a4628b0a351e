"""From a plan to the values of its form; lists stand one a line, rows have numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

if TYPE_CHECKING:
    from analysis.plan import Exclusion, Plan, PlannedFamily, PlannedOutcome

Pairs = list[tuple[str, str]]
KINDS = ("outcome", "family", "exclusion")
TWO_BY_TWO, OTHERS = "2x2", "messages"


def fill(plan: Plan) -> MultiDict[str, str]:
    """Return what the form of a plan holds."""
    from analysis.design import TWO_BY_TWO_ARMS

    pairs: Pairs = [
        ("design", TWO_BY_TWO if tuple(plan.arms) == TWO_BY_TWO_ARMS else OTHERS),
        ("arms", lines(plan.arms)),
        ("primary_contrast", plan.primary_contrast),
        ("covariates", lines(plan.covariates)),
        ("subgroups", lines(plan.subgroups)),
        ("group_members", plan.group_members),
        ("draws", str(plan.draws)),
        ("seed", str(plan.seed)),
        ("notes", plan.notes),
    ]
    for name in ("areas", "issues", "contrasts", "further"):
        pairs += [(name, value) for value in getattr(plan, name)]
    for number, outcome in enumerate(plan.outcomes):
        pairs += _outcome(f"outcome-{number}", outcome)
    for number, family in enumerate(plan.families):
        pairs += _family(f"family-{number}", family)
    for number, rule in enumerate(plan.exclusions):
        pairs += _exclusion(f"exclusion-{number}", rule)
    return MultiDict(pairs)


def lines(values: Iterable[str]) -> str:
    """Write a list one a line."""
    return "\n".join(values)


def add_row(form: MultiDict[str, str], kind: str) -> None:
    """Add an empty row to a form."""
    if kind in KINDS:
        last = max((int(number) for number in form.getlist(kind) if number.isdecimal()), default=-1)
        form.add(kind, str(last + 1))


def drop_row(form: MultiDict[str, str], row: str) -> None:
    """Take a row, such as “outcome-3”, out of a form."""
    kind, _, number = row.partition("-")
    if kind in KINDS:
        form.setlist(kind, [other for other in form.getlist(kind) if other != number])


def _outcome(row: str, outcome: PlannedOutcome) -> Pairs:
    pairs = [("outcome", row.rpartition("-")[2])]
    pairs += [(f"{row}-{name}", getattr(outcome, name)) for name in ("key", "issue", "measure")]
    pairs += [(f"{row}-scale", outcome.scale)]
    pairs += [(f"{row}-primary", "on")] if outcome.primary else []
    numbers = {name: getattr(outcome, name) for name in ("low", "high", "sesoi", "winsor")}
    given = {name: value for name, value in numbers.items() if value is not None}
    return pairs + [(f"{row}-{name}", _number(value)) for name, value in given.items()]


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _family(row: str, family: PlannedFamily) -> Pairs:
    pairs = [("family", row.rpartition("-")[2]), (f"{row}-name", family.name)]
    for name in ("contrasts", "outcomes", "areas"):
        pairs += [(f"{row}-{name}", value) for value in getattr(family, name)]
    return pairs


def _exclusion(row: str, rule: Exclusion) -> Pairs:
    return [
        ("exclusion", row.rpartition("-")[2]),
        (f"{row}-column", rule.column),
        (f"{row}-values", lines(rule.values)),
        (f"{row}-reason", rule.reason),
    ]
