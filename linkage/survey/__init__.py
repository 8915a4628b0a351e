"""The survey of a wave: a file read into the study, and the effects estimated from it."""

from .estimates import answered_counts, chosen, effects, estimate, first_effects, one_effect
from .importing import import_survey

__all__ = [
    "answered_counts",
    "chosen",
    "effects",
    "estimate",
    "first_effects",
    "import_survey",
    "one_effect",
]
