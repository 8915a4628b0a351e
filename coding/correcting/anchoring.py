"""Where a passage of a text stands in the corrected text: word by word, and never by guess."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

# A word holds its accents and apostrophes, so that a coding keeps whole characters.
TOKEN = re.compile(r"\s+|[!-/:-@\[-`{-~“”‘…–—]|[^\s!-/:-@\[-`{-~“”‘…–—]+")
FIRM = 3  # words
LONG = 2000  # words and spaces; beyond them, common ones are no guide to the diff


@dataclass(frozen=True)
class Passage:
    """A passage in the corrected text, and how sure it is that it is the one there was.

    `how` is same: the very words, in a stretch that cannot be another; unsure: the words, while
    what stands around them changed; changed: other words.
    """

    start: int
    end: int
    quote: str
    how: str


@dataclass(frozen=True)
class _Stretch:
    """Characters start to end of the old text, which the new one has or says otherwise."""

    start: int
    end: int
    new_start: int
    new_end: int
    kept: bool
    firm: bool


class Anchors:
    """Says where passages of one text stand in another; the diff is made once."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self._stretches = list(_stretches(old, new))
        self._starts = [stretch.start for stretch in self._stretches]

    def place(self, start: int, end: int) -> Passage | None:
        """Return where old[start:end] stands now, or None where its words are gone.

        Words put in at the very edge stay outside; a word that was changed is taken in whole.
        """
        first, last = self._at(start), self._at(end - 1)
        new_start = first.new_start + (start - first.start if first.kept else 0)
        new_end = last.new_end - (last.end - end if last.kept else 0)
        words = self.new[new_start:new_end]
        if words == self.old[start:end]:
            how = "same" if first is last and first.firm else "unsure"
            return Passage(new_start, new_end, words, how)
        if not words.strip():
            return None
        new_start += len(words) - len(words.lstrip())
        words = words.strip()
        return Passage(new_start, new_start + len(words), words, "changed")

    def _at(self, place: int) -> _Stretch:
        return self._stretches[bisect_right(self._starts, place) - 1]


def _stretches(old: str, new: str) -> Iterator[_Stretch]:
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    inner = before[head : len(before) - tail], after[head : len(after) - tail]
    at = new_at = sum(map(len, before[:head]))
    if at:
        yield _Stretch(0, at, 0, at, kept=True, firm=True)
    for stretch in _inner(*inner):
        yield replace(
            stretch,
            start=stretch.start + at,
            end=stretch.end + at,
            new_start=stretch.new_start + new_at,
            new_end=stretch.new_end + new_at,
        )
    if tail:
        length = sum(map(len, before[-tail:]))
        ends = len(old), len(new)
        yield _Stretch(ends[0] - length, ends[0], ends[1] - length, ends[1], kept=True, firm=True)


def _inner(old: list[str], new: list[str]) -> Iterator[_Stretch]:
    """Compare what is between the first and the last difference."""
    whole, new_whole = "".join(old), "".join(new)
    matcher = SequenceMatcher(a=old, b=new, autojunk=len(old) > LONG)
    at = new_at = 0
    for tag, a, b, c, d in matcher.get_opcodes():
        end, new_end = at + sum(map(len, old[a:b])), new_at + sum(map(len, new[c:d]))
        words, kept = whole[at:end], tag == "equal"
        if words:
            # A run that stands here once, before and after, cannot be taken for another.
            firm = (
                kept
                and len(words.split()) >= FIRM
                and (whole.count(words) == new_whole.count(words) == 1)
            )
            yield _Stretch(at, end, new_at, new_end, kept, firm)
        at, new_at = end, new_end


def _alike(one: list[str], other: list[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
