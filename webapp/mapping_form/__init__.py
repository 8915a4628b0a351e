"""The mapping as a form: one row a column of the file, and details for what needs them."""

from .columns import describe_columns
from .filling import fields_from, with_defaults
from .reading import mapping_from

__all__ = ["ARM_NAMES", "ROLES", "describe_columns", "fields_from", "mapping_from", "with_defaults"]

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
}
