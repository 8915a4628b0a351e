"""A plan in words, part by part: for reading, for the command line, and to compare versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.plan import Exclusion, Plan, PlannedFamily, PlannedOutcome

LABELS = {
    "arms": "Arms",
    "areas": "Areas",
    "issues": "Issues",
    "outcomes": "Outcomes",
    "primary_contrast": "Primary contrast",
    "contrasts": "Planned contrasts",
    "families": "Families",
    "covariates": "Covariates",
    "exclusions": "Who is left out",
    "subgroups": "Subgroups",
    "group_members": "Members of focus groups",
    "further": "Further analyses",
    "draws": "Draws",
    "seed": "Seed",
    "notes": "Notes",
}
MEMBERS = {
    "include": "Respondents who sat in a focus group are analysed like all others.",
    "exclude": "Respondents who sat in a focus group are left out.",
    "both": "Analysed with and without respondents who sat in a focus group.",
}
DEFAULT_FAMILY = "One family: the primary contrast over the primary outcomes, pooled over areas."


def sections(plan: Plan) -> dict[str, str]:
    """Write each part of a plan as text; a line an outcome, a family, an exclusion."""
    return {
        "arms": ", ".join(plan.arms) + f" ({plan.arms[0]} is the control)",
        "areas": ", ".join(plan.areas),
        "issues": ", ".join(plan.issues) or "none",
        "outcomes": "\n".join(map(outcome_words, plan.outcomes)),
        "primary_contrast": plan.primary_contrast,
        "contrasts": "; ".join(plan.contrasts),
        "families": "\n".join(map(_family, plan.families)) or DEFAULT_FAMILY,
        "covariates": ", ".join(plan.covariates) or "none",
        "exclusions": "\n".join(map(_exclusion, plan.exclusions)) or "nobody",
        "subgroups": ", ".join(plan.subgroups) or "none",
        "group_members": MEMBERS[plan.group_members],
        "further": ", ".join(plan.further) or "none",
        "draws": f"{plan.draws:,}" if plan.draws else "no randomisation inference",
        "seed": str(plan.seed),
        "notes": plan.notes or "none",
    }


def in_words(table: str, row: dict[str, Any] | None) -> dict[str, Any] | None:
    """Put a plan's words in the place of its JSON, in a row of the history; others stay."""
    if table != "plan" or row is None:
        return row
    from analysis.errors import BadInput
    from analysis.plan import from_json

    try:
        told = sections(from_json(row["body"]))
    except BadInput:  # of a version that plans have outgrown
        return row
    return {**row, "body": "\n".join(f"{LABELS[name]}: {said}" for name, said in told.items())}


def outcome_words(outcome: PlannedOutcome) -> str:
    """Write an outcome on one line: key, measure, issue, scale, and what is declared of it."""
    said = [outcome.measure, outcome.issue, outcome.scale]
    if outcome.low is not None:
        said.append(f"answers {outcome.low:g} to {outcome.high:g}")
    if outcome.sesoi is not None:
        said.append(f"smallest effect of interest {outcome.sesoi:g}")
    if outcome.winsor is not None:
        said.append(f"cut at the {outcome.winsor:g} quantile")
    rank = "primary" if outcome.primary else "secondary"
    return f"{outcome.key} ({rank}): {', '.join(filter(None, said))}"


def _family(family: PlannedFamily) -> str:
    parts = (family.contrasts, family.outcomes, family.areas)
    return f"{family.name}: " + " × ".join(f"({', '.join(part)})" for part in parts)


def _exclusion(rule: Exclusion) -> str:
    said = f"{rule.column} is {' or '.join(rule.values)}"
    return f"{said}: {rule.reason}" if rule.reason else said
