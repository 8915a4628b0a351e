"""The mapping as a form: one row a column of the file, and details for what needs them."""

from collections.abc import Mapping as Table

from .columns import describe_columns
from .derived import RULE_WORDS, pairs, rows, with_pairs
from .filling import fields_from, with_defaults
from .questions import ask, with_answers
from .reading import mapping_from

__all__ = [
    "ARM_NAMES", "ROLES", "RULE_WORDS", "ask", "describe_columns", "fields_from", "mapping_from",
    "pairs", "rows", "taken_up", "with_defaults",
]  # fmt: skip

ARM_NAMES = ("none", "A", "B", "A+B")
ROLES = {
    "": "leave out",
    "respondent": "respondent’s id",
    "area": "area",
    "arm": "arm (labels)",
    "nudge_a": "given local story (A)?",
    "nudge_b": "given typical time (B)?",
    "outcome": "outcome",
    "weight": "weight",
    "strata": "stratum",
    "cluster": "cluster",
    "covariate": "covariate",
    "duration": "time taken",
}


def taken_up(fields: Table[str, str]) -> dict[str, str]:
    """Take up what was ticked in answer to the form's questions."""
    return with_pairs(with_answers(fields))
