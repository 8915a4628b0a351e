"""Put other words in the place of some: the new text, and where every passage stands in it."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .forms import APOSTROPHES


@dataclass(frozen=True)
class Edit:
    """The code points start to end of a text, and what stands there afterwards."""

    start: int
    end: int
    new: str


class Replaced:
    """A text with its edits made; it knows exactly where each place of the old text is now."""

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        self.old, self.edits = text, apart(edits)
        self._starts = [edit.start for edit in self.edits]
        self._shifts = [0]  # before each edit, and after the last
        pieces, at = [], 0
        for edit in self.edits:
            pieces += [text[at : edit.start], edit.new]
            at = edit.end
            self._shifts.append(self._shifts[-1] + len(edit.new) - (edit.end - edit.start))
        self.text = "".join([*pieces, text[at:]])

    def start(self, place: int) -> int:
        """Return where a passage that began here begins; from inside of a name, with the new."""
        return self._at(place, 0)

    def end(self, place: int) -> int:
        """Return where a passage that ended here ends; from inside of a name, behind the new."""
        return self._at(place, 1)

    def _at(self, place: int, behind: int) -> int:
        before = bisect_right(self._starts, place - 1)  # edits that begin before it
        if before and place < self.edits[before - 1].end:
            edit = self.edits[before - 1]
            return edit.start + self._shifts[before - 1] + behind * len(edit.new)
        return place + self._shifts[before]


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Leave out what overlaps: of two edits the longer is made, of equals the first."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if kept and edit.start < kept[-1].end:
            if edit.end - edit.start > kept[-1].end - kept[-1].start:
                kept[-1] = edit
        else:
            kept.append(edit)
    return kept


@lru_cache(maxsize=10_000)
def key_of(form: str) -> str:
    """Return what all writings of a form have in common."""
    return re.sub(f"[{APOSTROPHES}]", "'", " ".join(form.replace("_", " ").split()).casefold())


def replace(text: str, found: re.Pattern[str], words: Mapping[str, str]) -> str:
    """Replace every form that the pattern finds; `words` is by `key_of` the form."""

    def word(match: re.Match[str]) -> str:
        known = words.get(key_of(match[0]))
        if known is None and "\\" in match[0]:  # as JSON writes it
            known = words.get(key_of(json.loads(f'"{match[0]}"')))
        return match[0] if known is None else known

    return found.sub(word, text)
