"""Where given names still stand in a text, in whatever case, accents, apostrophes or spaces."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from .words import fold

_TOKEN = re.compile(r"[^\W_]+")


class Occurrence(NamedTuple):
    """A place in a text, in code points with an exclusive end, and the original that stands there.

    What hangs on a name, such as a possessive 's, is outside of it.
    """

    start: int
    end: int
    original: str


class _Wanted(NamedTuple):
    folded: str
    offset: int  # of its first word
    original: str


def occurrences(text: str, originals: Iterable[str]) -> list[Occurrence]:
    """Find every place of any original as whole words; the longest at each, in order.

    Takes time in proportion to the text, however many originals there are.
    """
    wanted = _by_first_word(originals)
    folded, places = _folded(text)
    found: list[Occurrence] = []
    end = 0
    for token in _TOKEN.finditer(folded):
        for one in wanted.get(token[0], ()):
            start = token.start() - one.offset
            if start >= end and _stands(folded, start, one.folded):
                end = start + len(one.folded)
                found.append(Occurrence(places[start], places[end - 1] + 1, one.original))
                break
    return [_with_marks(text, one) for one in found]


def _by_first_word(originals: Iterable[str]) -> dict[str, list[_Wanted]]:
    wanted: dict[str, list[_Wanted]] = {}
    for original in dict.fromkeys(originals):
        folded = _folded(original.strip())[0]
        if token := _TOKEN.search(folded):
            one = _Wanted(folded, token.start(), original)
            wanted.setdefault(token[0], []).append(one)
    for several in wanted.values():
        several.sort(key=lambda one: -len(one.folded))
    return wanted


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text folded, and where each of its characters came from."""
    signs: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        sign = _sign(character)
        if sign == " " and signs and signs[-1] == " ":
            continue
        signs += sign
        places += [place] * len(sign)
    return "".join(signs), places


@lru_cache(maxsize=4096)
def _sign(character: str) -> str:
    if character.isspace():
        return " "
    # A straight and a curly apostrophe are one sign, which parts what hangs on from a name.
    return "'" if character in "'’‘ʼ`´" else fold(character)


def _stands(folded: str, start: int, wanted: str) -> bool:
    end = start + len(wanted)
    if start < 0 or not folded.startswith(wanted, start):
        return False
    before, after = folded[start - 1 : start] if start else "", folded[end : end + 1]
    open_start = not (wanted[0].isalnum() and before.isalnum())
    return open_start and not (wanted[-1].isalnum() and after.isalnum())


def _with_marks(text: str, found: Occurrence) -> Occurrence:
    end = found.end
    while end < len(text) and not _sign(text[end]):
        end += 1
    return found._replace(end=end)
