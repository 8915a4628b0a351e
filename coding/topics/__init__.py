"""Topics: groups of words that go together in the talk, as prompts for codes, never as codes.

`finding` and `frames` are imported where they are used: they bring numpy and pandas.
"""

from .asking import LEAST_UNITS, UNITS, Asked
from .coding_topics import code_topic, pick_quotes
from .coverage import Coverage, cover
from .dismissing import bring_back, dismiss, mark_dismissed
from .keeping import Kept, keep, kept_topics, last_asked, topics_of_key, why_stale

__all__ = [
    "LEAST_UNITS",
    "UNITS",
    "Asked",
    "Coverage",
    "Kept",
    "bring_back",
    "code_topic",
    "cover",
    "dismiss",
    "keep",
    "kept_topics",
    "last_asked",
    "mark_dismissed",
    "pick_quotes",
    "topics_of_key",
    "why_stale",
]
