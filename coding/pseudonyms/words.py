"""The words of a text with their places, and a key under which all spellings of one meet."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

APOSTROPHES = "'’‘ʼ`´"
_MARKED = r"[^\W\d_][\u0300-\u036f]*"
WORD = re.compile(rf"(?:{_MARKED})+(?:[{APOSTROPHES}](?:{_MARKED})+)*")
# What hangs on a name and is not part of it: siobhan's, siobhan'll.
HANGING = re.compile(rf"[{APOSTROPHES}](?:s|ll|d|ve|re|m)$", re.IGNORECASE)
_OPENING = ' \t\u00a0"“”([' + APOSTROPHES
# What may stand between the words of one name.
GAP = re.compile(r"[ \t\u00a0]{1,3}|[ \t]?\n[ \t]?|[-‐‑–]|\.[ \u00a0]?")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys(APOSTROPHES)
)


class Word(NamedTuple):
    """A word without what hangs on it; `key` is the same for every case and accent."""

    start: int
    end: int
    text: str
    key: str

    @property
    def capital(self) -> bool:
        """Say whether it begins with a capital letter."""
        return self.text[0].isupper()


def fold(text: str) -> str:
    """Return a text without case, accents and apostrophes, so that its spellings are equal."""
    letters = text.casefold().translate(_LETTERS)
    if letters.isascii():
        return letters
    apart = unicodedata.normalize("NFKD", letters)
    return "".join(c for c in apart if not unicodedata.combining(c))


def words_of(text: str) -> list[Word]:
    """List the words of a text in order."""
    words = []
    for match in WORD.finditer(text):
        word = HANGING.sub("", match[0]) or match[0]
        words.append(Word(match.start(), match.start() + len(word), word, fold(word)))
    return words


def begins_sentence(text: str, start: int) -> bool:
    """Say whether a sentence begins here, so that a capital says nothing."""
    before = text[max(0, start - 12) : start].rstrip(_OPENING)
    return not before or before[-1] in ".?!…:\n>–—-"


def overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches at every place of a text, also where an earlier one reaches."""
    match = pattern.search(text)
    while match:
        yield match
        match = pattern.search(text, match.start() + 1)


def adjoin(text: str, before: Word, after: Word) -> bool:
    """Say whether two words may be parts of one name."""
    return bool(GAP.fullmatch(text[before.end : after.start]))
