"""The survey of a wave: a file read into the study, and the effects estimated from it."""

from .estimates import answered_counts, chosen, effects, estimate, first_effects, one_effect
from .importing import compare_survey, import_survey

__all__ = [
    "answered_counts",
    "chosen",
    "compare_survey",
    "effects",
    "estimate",
    "first_effects",
    "import_survey",
    "one_effect",
]
