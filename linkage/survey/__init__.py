"""The survey of a wave: a file read into the study, and the effects estimated from it."""

from .estimates import answered_counts, effects, first_effects, one_effect
from .importing import compare_survey, import_survey

__all__ = [
    "answered_counts",
    "compare_survey",
    "effects",
    "first_effects",
    "import_survey",
    "one_effect",
]
