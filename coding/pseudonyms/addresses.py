"""Addresses: a house and its street, a flat, and what of the place and postcode follows."""

import re
from collections.abc import Iterator

from .dictionary import Dictionary, is_ordinary
from .kinds import ADDRESS, Found
from .patterns import INWARD, OUTWARD
from .place_words import BUILDING, LOWER, NAMED, PLAIN_STREET, STREET, names_in_small
from .words import fold

_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    "|a hundred and|one hundred and|hundred and"
)
_HOUSE = (
    rf"(?:\d{{1,4}}[a-zA-Z]?(?:[ ]?[-/–][ ]?\d{{1,4}}[a-zA-Z]?)?|(?:(?:{_NUMBERS})[ -]?){{1,4}})"
)
_FLAT = rf"(?:flat|apartment|unit|bungalow|room)[ ](?:number |no\.? ?)?(?:{_HOUSE}|[A-Z])"
_REST = rf"(?:,[ ]?{NAMED}){{0,2}}(?:,?[ ]?{OUTWARD} ?{INWARD})?"
_NAME = rf"(?:{NAMED}|{LOWER}(?:[ ]{LOWER})?)"
_STREET_ADDRESS = re.compile(
    rf"\b(?P<flat>{_FLAT},?[ ])?(?<![\d.:/-])(?P<number>number |no\.? ?)?(?P<house>{_HOUSE}),?[ ]?"
    rf"(?:the )?(?:(?P<name>{_NAME})[ ](?P<kind>{STREET})\b"
    rf"|(?:heol|ffordd|stryd|lôn|clos|maes)[ ]{LOWER}(?: (?:y|yr) {LOWER}| {LOWER})?){_REST}",
    re.IGNORECASE,
)
_FLAT_ADDRESS = re.compile(
    rf"\b{_FLAT}\b(?:,?[ ](?:in |on |at )?{_NAME}[ ](?:{BUILDING}|{STREET})\b)?{_REST}",
    re.IGNORECASE,
)
_TOWN = re.compile(rf", ({LOWER})\b")


def find(text: str, known: Dictionary | None = None) -> Iterator[Found]:
    """Find addresses, overlapping; `known` says which words are English."""
    for match in _STREET_ADDRESS.finditer(text):
        if _is_address(match):
            yield _found(text, match.start(), match.end(), 0.85, known)
    for match in _FLAT_ADDRESS.finditer(text):
        yield _found(text, match.start(), match.end(), 0.75, known)


def _is_address(match: re.Match[str]) -> bool:
    """Say whether a number, words and a kind of street are an address: no “ten minute walk”."""
    name, kind = match["name"], match["kind"]
    if name is None:
        return True
    if not names_in_small(name):
        return False
    said = match["flat"] or match["number"] or match["house"][0].isdigit()
    return bool(said or name[0].isupper() or re.fullmatch(PLAIN_STREET, kind, re.IGNORECASE))


def _found(text: str, start: int, end: int, certainty: float, known: Dictionary | None) -> Found:
    """Return an address, with a town in small letters behind it."""
    end = start + len(text[start:end].rstrip(" ,."))
    town = _TOWN.match(text, end)
    if town and known and not is_ordinary(fold(town[1]), known):
        end = town.end(1)
    return Found(start, end, text[start:end], ADDRESS, "wording", certainty)
