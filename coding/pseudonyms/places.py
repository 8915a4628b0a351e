"""Streets, wards and estates told by their wording."""

import re
from collections.abc import Iterator

from .kinds import PLACE, Found
from .person_names import TITLES
from .place_words import (
    AREA,
    LOWER,
    NAMED,
    PLAIN_STREET,
    PREPOSITION,
    STREET,
    names_in_small,
    without_plain,
)
from .words import begins_sentence, fold, overlapping

_BIG = re.compile(rf"\b({NAMED})[ \u00a0](?:(?i:{STREET}|{AREA}))\b(?!['’]s)")
_WELSH = re.compile(
    rf"\b(?:(?i:heol|ffordd|stryd|lôn|clos|maes|rhodfa)) (?:y |yr )?{NAMED}"
    rf"|\b(?:heol|ffordd|stryd|lôn) {LOWER}(?: {LOWER})?"
)
_SMALL = (
    (
        re.compile(
            rf"\b{PREPOSITION}[ ](?:the )?((?:{LOWER}[ ])??{LOWER})[ ](?:{PLAIN_STREET}|{AREA})\b",
            re.IGNORECASE,
        ),
        0.65,
    ),
    # Without a word such as “on”, or a plain kind of street, it is only a suggestion.
    (re.compile(rf"\b({LOWER})[ ](?:street|road|lane|avenue|terrace|crescent)\b"), 0.45),
    (re.compile(rf"\b(?:on|off|along|down|up|round)[ ]({LOWER})[ ](?:{STREET})\b"), 0.45),
)
_AMBIGUOUS = re.compile(rf"(?:high|main|church|station|park) (?:{STREET})$", re.IGNORECASE)


def find(text: str) -> Iterator[Found]:
    """Find places below the area, overlapping."""
    for match in _BIG.finditer(text):
        yield from _capitals(text, match)
    for match in _WELSH.finditer(text):
        yield _found(text, *match.span(), 0.85 if match[0][0].isupper() else 0.6)
    for pattern, certainty in _SMALL:
        for match in overlapping(pattern, text):
            named = without_plain(match[1])
            if names_in_small(named):
                yield _found(text, match.end(1) - len(named), match.end(), certainty)


def _capitals(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Propose a capitalised name with its kind of place, without the plain words before it."""
    named = without_plain(match[1])
    if not named:
        if fold(match[1]).split()[-1] == "high":
            yield _found(text, *match.span(), 0.4)
        return
    if fold(named.rpartition(" ")[2]).strip(".") in TITLES:
        return  # Mrs Street is a person
    start = match.end(1) - len(named)
    doubtful = named == match[1] and " " not in named and begins_sentence(text, start)
    sure = 0.5 if doubtful or _AMBIGUOUS.search(match[0]) else 0.85
    yield _found(text, start, match.end(), sure)


def _found(text: str, start: int, end: int, certainty: float) -> Found:
    return Found(start, end, text[start:end], PLACE, "wording", certainty)
