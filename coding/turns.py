"""From paragraphs to turns: who speaks where in the text."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from .labels import speaker_labels
from .marks import ASIDE, HEADING, LEAD, Mark, clock, lone_time, parse_mark
from .readers.paragraph import Paragraph

WORDS = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True)
class FoundTurn:
    """A turn as a span of the text, in code points: the mark begins at start, the words later."""

    start: int
    speech_start: int
    end: int
    speaker: str | None = None
    time: str | None = None


def count_words(text: str) -> int:
    """Count the words of a text."""
    return len(WORDS.findall(text))


def join_text(paragraphs: Sequence[Paragraph]) -> str:
    """Join paragraphs into the one text that every offset refers to."""
    return "\n".join(paragraph.text for paragraph in paragraphs)


def find_turns(
    paragraphs: Sequence[Paragraph], not_speakers: Collection[str] = ()
) -> list[FoundTurn]:
    """Find the turns of a transcript; labels in `not_speakers` stay part of the text."""
    texts = [p.text for p in paragraphs if not p.heading and p.speaker is None]
    finder = _Finder(speaker_labels(texts) - frozenset(not_speakers))
    start = 0
    for paragraph in paragraphs:
        finder.read(paragraph, start)
        start += len(paragraph.text) + 1
    turns = [turn for turn in finder.turns if turn.speech_start < turn.end]
    return turns[_preamble(turns, join_text(paragraphs)) :]


def _preamble(turns: Sequence[FoundTurn], text: str) -> int:
    """Count the title lines that stand before anybody speaks."""
    named = next((place for place, turn in enumerate(turns) if turn.speaker), 0)
    return len(list(takewhile(lambda turn: _is_title(turn, text), turns[:named])))


def _is_title(turn: FoundTurn, text: str) -> bool:
    line = text[turn.speech_start : turn.end]
    return turn.time is None and len(line) <= 80 and line[-1] not in ".?!…”\"'"


class _Finder:
    """Walks the paragraphs; the last turn is open while what follows may belong to it."""

    def __init__(self, labels: frozenset[str]) -> None:
        self.labels = labels
        self.turns: list[FoundTurn] = []
        self.open = False
        self.in_cues = False
        self.time: str | None = None

    def read(self, paragraph: Paragraph, start: int) -> None:
        text = paragraph.text
        if paragraph.heading or (paragraph.speaker is None and HEADING.match(text)):
            self.open = self.in_cues = False
        elif paragraph.speaker is not None:
            self._stated(paragraph, start)
        elif paragraph.time is not None:
            self._begin(start, 0, len(text), None, paragraph.time)
            self.in_cues = False
        elif time := lone_time(text):
            self.time = time
        elif WORDS.search(text):
            self._spoken(text, start)

    def _stated(self, paragraph: Paragraph, start: int) -> None:
        if self.in_cues and paragraph.time and self.turns[-1].speaker == paragraph.speaker:
            return self._extend(start, len(paragraph.text))
        head = LEAD.match(paragraph.text)
        lead = head.end() if head else 0
        time = paragraph.time or clock(head["time"] if head else None)
        self._begin(start, lead, len(paragraph.text), paragraph.speaker, time, open_=True)
        self.in_cues = paragraph.time is not None
        return None

    def _spoken(self, text: str, start: int) -> None:
        mark = self._mark(text)
        if mark.label or mark.change:
            self._begin(start, mark.words, len(text), mark.label, mark.time, open_=True)
        elif ASIDE.fullmatch(text):
            return
        elif self.open:
            self._extend(start, len(text))
        else:
            self._begin(start, mark.words, len(text), None, mark.time)

    def _mark(self, text: str) -> Mark:
        mark = parse_mark(text)
        if mark.label in self.labels:
            return mark
        head = LEAD.match(text)
        return replace(
            mark, label=None, words=mark.lead, time=clock(head["time"] if head else None)
        )

    def _begin(
        self,
        start: int,
        lead: int,
        length: int,
        speaker: str | None,
        time: str | None,
        *,
        open_: bool = False,
    ) -> None:
        turn = FoundTurn(start, start + lead, start + length, speaker, time or self.time)
        self.turns.append(turn)
        self.open, self.in_cues, self.time = open_, False, None

    def _extend(self, start: int, length: int) -> None:
        last = self.turns[-1]
        # A name alone on its line: the words begin with the next paragraph.
        speech = start if last.speech_start == last.end else last.speech_start
        self.turns[-1] = replace(last, speech_start=speech, end=start + length)
