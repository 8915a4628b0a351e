"""Which findings are one and the same: Siobhan Kelly, siobhan and Mrs Kelly's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..checks import Row
from .replacing import key_of

TITLE = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|rev|sir|dame|lady|lord|cllr|councillor|pc|pcso|sgt|"
    r"sister|father|auntie|aunt|uncle)\b\.?\s+)+(?=\S)",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"['’‘ʼ]s?$", re.IGNORECASE)


@dataclass(frozen=True)
class Spot:
    """A place of a transcript that names somebody or something."""

    transcript_id: int
    start: int
    end: int
    text: str
    kind: str
    source: str
    certainty: float


@dataclass
class Group:
    """All spots that are taken for one person or thing."""

    kind: str
    spots: list[Spot] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest of its writings, with capitals if any has them."""
        forms = {spot.text for spot in self.spots}
        return max(forms, key=lambda form: (len(form.split()), form != form.lower(), len(form)))


def spot(row: Row) -> Spot:
    """Take a finding without what is no part of the name: a title before, an 's behind."""
    found = Spot(
        row["transcript_id"], row["start"], row["end"], row["text"], row["kind"],
        str(row["source"]), float(row["certainty"]),
    )  # fmt: skip
    if found.kind != "person":
        return found
    title, hanging = TITLE.match(found.text), POSSESSIVE.search(found.text)
    start = title.end() if title else 0
    end = hanging.start() if hanging and hanging.start() > start else len(found.text)
    text = found.text[start:end]
    return replace(found, start=found.start + start, end=found.start + end, text=text)


def longest(spots: Iterable[Spot]) -> list[Spot]:
    """Leave out what lies within, or overlaps, a longer one: each word is replaced once."""
    kept: list[Spot] = []
    for one in sorted(spots, key=lambda s: (s.transcript_id, s.start, -s.end)):
        last = kept[-1] if kept else None
        if last and last.transcript_id == one.transcript_id and one.start < last.end:
            if one.end - one.start > last.end - last.start:
                kept[-1] = one
        else:
            kept.append(one)
    return kept


def grouped(spots: Iterable[Spot]) -> list[Group]:
    """Group spots of the same words; a part of one full name belongs to it.

    A first name that is part of two full names is nobody's: who reads decides.
    """
    by: dict[tuple[str, str], Group] = {}
    for one in spots:
        place = one.kind, key_of(one.text)
        by.setdefault(place, Group(one.kind)).spots.append(one)
    people = {words: group for (kind, words), group in by.items() if kind == "person"}
    for words in sorted(people, key=lambda words: len(words.split())):
        wholes = [other for other in people if _part(words, other)]
        if len(wholes) == 1:
            people[wholes[0]].spots += people[words].spots
            del by["person", words], people[words]
    return list(by.values())


def _part(words: str, whole: str) -> bool:
    some, all_of = words.split(), whole.split()
    return len(some) < len(all_of) and _within(some, all_of)


def _within(some: Sequence[str], all_of: Sequence[str]) -> bool:
    return any(
        list(all_of[at : at + len(some)]) == list(some) for at in range(len(all_of) - len(some) + 1)
    )
