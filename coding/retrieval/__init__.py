"""Retrieval and queries: functions that return frames, people counted before quotes."""

from .attributes import attribute_levels, attribute_names, code_table, compare_people
from .cooccurrence import RELATIONS, cooccurrence
from .corpus import Corpus, load_corpus, transcript_titles
from .finding import HOWS, Condition, Filters, Found, find
from .levels import LEVELS
from .named import named_code
from .saturation import saturation
from .through import code_lines, portrait
from .words import PRIOR, STOP_WORDS, keyness, word_counts

__all__ = [
    "HOWS",
    "LEVELS",
    "PRIOR",
    "RELATIONS",
    "STOP_WORDS",
    "Condition",
    "Corpus",
    "Filters",
    "Found",
    "attribute_levels",
    "attribute_names",
    "code_lines",
    "code_table",
    "cooccurrence",
    "find",
    "keyness",
    "load_corpus",
    "named_code",
    "portrait",
    "saturation",
    "compare_people",
    "transcript_titles",
    "word_counts",
]
