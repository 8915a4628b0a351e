"""Phone numbers, written and spoken digit by digit, and other numbers and postcodes so spoken.

Lengths and ranges follow Ofcom's National Telephone Numbering Plan. A number that is a digit
short is still proposed, less certain: talk is misheard and a near miss still identifies.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .kinds import NHS_NUMBER, PHONE, POSTCODE, Found
from .patterns import AREAS, INWARD, OUTWARD, nhs_certainty, nhs_check

_SPACE = r"[ \t\u00a0]?\n?[-–.()/, \u00a0]{0,2}"
_NUMBER = re.compile(
    rf"(?<![\w.,£$+])(?:(?:\+|00)\d{{1,3}}{_SPACE}(?:\(0\){_SPACE})?\d|\(?0\d|7\d\d\d)"
    rf"(?:{_SPACE}\d){{6,11}}(?![\w%]|[.,/-]\d)"
)
_LOCAL = re.compile(r"(?<![\w.,£$/-])\d{2,4}[ \u00a0-]?\d{3,4}(?![\w%]|[.,/:-]\d)")
_CALLED = re.compile(
    r"\b(?:ring|rang|call|phone|text|whatsapp|telephone|tel|mobile|landline|fax|contact|reach"
    r"|number|ext|extension)\b[^.!?\n\d]{0,25}$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[A-Za-z]+|\d+")
_BETWEEN = re.compile(r"[\s,;.–—-]{0,3}")
_FILLERS = frozenset(["er", "erm", "um", "uh", "then", "and"])
_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_TENS_WORDS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_TENS = dict(zip(_TENS_WORDS, "23456789", strict=True))
_VALUES = {word: str(number) for number, word in enumerate(_WORDS.split())}
_VALUES |= dict.fromkeys(("oh", "o", "nought", "naught", "nil"), "0")
SPELLED = 3  # so many signs said singly make it a number spelled out
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_SPOKEN_NUMBER = re.compile(r"\d{7,13}")
_SPOKEN_POSTCODE = re.compile(f"({OUTWARD})({INWARD})")


class _Sign(NamedTuple):
    """A digit or letter as spoken, and the span of the word that says it."""

    sign: str
    start: int
    end: int


def find(text: str) -> Iterator[Found]:
    """Find phone numbers, and NHS numbers and postcodes spoken sign by sign."""
    for match in _NUMBER.finditer(text):
        certainty = _certainty(re.sub(r"\D", "", match[0].replace("(0)", "")), match[0][0] == "+")
        if certainty:
            yield Found(*match.span(), match[0], PHONE, "pattern", certainty)
    for match in _LOCAL.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        before = text[max(0, match.start() - 40) : match.start()]
        if 5 <= len(digits) <= 8 and _CALLED.search(before):
            yield Found(*match.span(), match[0], PHONE, "pattern", 0.7)
    for run in _runs(text):
        yield from _spoken(text, run)


def _certainty(digits: str, plus: bool) -> float:
    """Rank digits as a phone number; 0 where they are none."""
    if plus or digits.startswith("00"):
        return 0.95 if 9 <= len(digits.removeprefix("00")) <= 15 else 0.6
    if digits[0] == "7":
        return 0.6 if len(digits) == 10 else 0.0
    whole = len(digits) == 11 or (len(digits) == 10 and digits[1] in "128")
    if digits[1] in "1237" or digits[:2] in ("08", "09"):
        return 0.95 if whole else 0.6 if 9 <= len(digits) <= 12 else 0.0
    return 0.5 if 9 <= len(digits) <= 12 else 0.0


def _runs(text: str) -> Iterator[list[_Sign]]:
    """Yield stretches in which only digits, number words and single letters are said."""
    run: list[_Sign] = []
    end, times, spelled = 0, 1, 0
    for match in _TOKEN.finditer(text):
        word = match[0].lower()
        signs = _signs(match[0], run)
        goes_on = signs or word in _TIMES or word in _FILLERS
        if not goes_on or not _BETWEEN.fullmatch(text[end : match.start()]):
            if spelled >= SPELLED:
                yield run
            run, times, spelled = [], 1, 0
            signs = signs and _signs(match[0], run)
        run += [_Sign(sign, *match.span()) for sign in signs * times]
        spelled += bool(signs) and (len(word) == 1 or not word.isdigit())
        times = _TIMES.get(word, 1)
        end = match.end()
    if spelled >= SPELLED:
        yield run


def _signs(word: str, run: list[_Sign]) -> str:
    small = word.lower()
    if run and run[-1].sign == "+" and len(_VALUES.get(small, "")) == 1:
        run.pop()  # twenty three is 23 and no 20 3
        return _VALUES[small]
    if small in _TENS:
        return f"{_TENS[small]}+"
    if small == "hundred" and run:
        return "00"
    if small in _VALUES or word.isdigit():
        return _VALUES.get(small, word)
    return word.upper() if len(word) == 1 or (len(word) == 2 and word.isupper()) else ""


def _spoken(text: str, run: list[_Sign]) -> Iterator[Found]:
    signs = "".join(sign.sign.replace("+", "0") for sign in run)
    for match in _SPOKEN_NUMBER.finditer(signs.replace("O", "0")):
        start, end = run[match.start()].start, run[match.end() - 1].end
        kind, certainty = _spoken_number(match[0], text[max(0, start - 40) : start])
        if certainty:
            yield Found(start, end, text[start:end], kind, "pattern", certainty)
    for match in _SPOKEN_POSTCODE.finditer(signs):
        start, end = run[match.start()].start, run[match.end() - 1].end
        area = re.match("[A-Z]+", match[1])
        if area and area[0] in AREAS:
            yield Found(start, end, text[start:end], POSTCODE, "pattern", 0.9)


def _spoken_number(digits: str, before: str) -> tuple[str, float]:
    said = bool(re.search(r"\b(?:nhs|n h s|health)\b", before, re.IGNORECASE))
    if len(digits) == 10 and (said or (nhs_check(digits) and digits[0] != "0")):
        return NHS_NUMBER, nhs_certainty(digits, said)
    if digits.startswith(("0", "44")):
        return PHONE, _certainty(digits, digits.startswith("44"))
    if _CALLED.search(before):
        return PHONE, 0.7
    return PHONE, 0.4 if len(digits) >= 9 else 0.0
