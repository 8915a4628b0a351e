"""WebVTT captions, as Zoom, Teams and YouTube write them."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby, pairwise
from pathlib import Path

from ..errors import BadInput
from ..labels import speaker_labels
from ..marks import parse_mark
from .paragraph import LINE_ENDS, Paragraph, clean_line
from .text import decode

VOICE = re.compile(r"<v(?:\.[^\s<>]{1,100})?\s+([^<>]{1,200})>|</v>")
TAG = re.compile(r"</?[a-z0-9][^<>]{0,200}>", re.IGNORECASE)
NOT_SPEECH = ("WEBVTT", "NOTE", "STYLE", "REGION")
Said = tuple[str | None, str]


@dataclass(frozen=True)
class Cue:
    start: float
    end: float
    lines: tuple[Said, ...]


def read(path: Path) -> list[Paragraph]:
    """Read one paragraph a cue and speaker, with the time; repeated captions are read once."""
    cues = [cue for cue in _unrolled(_cues(path)) if cue.lines]
    unnamed = [words for cue in cues for who, words in cue.lines if who is None]
    labels = speaker_labels(unnamed)
    return [
        Paragraph(words, speaker, _clock(cue.start))
        for cue in cues
        for speaker, words in _joined([_named(said, labels) for said in cue.lines])
    ]


def _cues(path: Path) -> list[Cue]:
    import webvtt

    text = "\n".join(LINE_ENDS.sub("\n", decode(path)).split("\n"))
    _check_blocks(path, text)
    try:
        captions = webvtt.from_buffer(io.StringIO(text), format="vtt").captions
        cues = [
            Cue(_seconds(c.start), _seconds(c.end), tuple(_said("\n".join(c.lines))))
            for c in captions
        ]
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        raise BadInput(f"{path.name} is not WebVTT: its first line must be WEBVTT.") from error
    if len(cues) != sum("-->" in line for line in text.split("\n")):
        raise BadInput(f"{path.name} has a cue whose time cannot be read; correct {_bad(text)}.")
    return cues


def _check_blocks(path: Path, text: str) -> None:
    """Refuse words that stand in no cue: the library would pass over them in silence."""
    for block in re.split(r"\n\n+", text.strip("\n"))[1:]:
        if "-->" in block or block.strip().isdigit() or block.startswith(NOT_SPEECH):
            continue
        raise BadInput(
            f"{path.name} has words without a time, “{clean_line(block)[:60]}”; "
            "join them to the cue above or give them a time."
        )


def _bad(text: str) -> str:
    clock = r"(?:\d+:)?\d{1,2}:\d{1,2}\.\d{1,3}"
    good = re.compile(rf"\s*{clock}\s*-->\s*{clock}(?=\s|$)")
    lines = [line for line in text.split("\n") if "-->" in line]
    return next((f"“{line.strip()[:60]}”" for line in lines if not good.match(line)), "its cues")


def _said(raw: str) -> Iterator[Said]:
    """Split a cue at its voice tags and its lines."""
    speaker: str | None = None
    parts = VOICE.split(raw)
    for place, part in enumerate(parts):
        if place % 2:
            speaker = clean_line(unescape(part)) if part else None
            continue
        for line in part.split("\n"):
            words = clean_line(unescape(TAG.sub("", line)))
            if words:
                yield speaker, words


def _unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """Leave out what a roll-up caption repeats of the one before it."""
    rolling = any(0 < _repeats(a, b) < len(b.lines) for a, b in pairwise(cues))
    if not rolling:
        return list(cues)
    fresh = [Cue(b.start, b.end, b.lines[_repeats(a, b) :]) for a, b in pairwise(cues)]
    return [*cues[:1], *fresh]


def _repeats(before: Cue, cue: Cue) -> int:
    if cue.start > before.end + 0.1:
        return 0
    most = min(len(before.lines), len(cue.lines))
    return next((n for n in range(most, 0, -1) if before.lines[-n:] == cue.lines[:n]), 0)


def _named(said: Said, labels: frozenset[str]) -> Said:
    mark = parse_mark(said[1])
    if said[0] is None and mark.label in labels and mark.words < len(said[1]):
        return mark.label, said[1][mark.words :]
    return said


def _joined(lines: Sequence[Said]) -> list[Said]:
    """Bring the lines of one speaker in one cue onto one line."""
    # An unnamed line under a named one is the same caption, broken for the screen.
    named: list[Said] = []
    for speaker, words in lines:
        named.append((speaker or (named[-1][0] if named else None), words))
    groups = groupby(named, key=lambda said: said[0])
    return [(speaker, " ".join(words for _, words in group)) for speaker, group in groups]


def _seconds(time: object) -> float:
    seconds = 0.0
    for part in str(time).split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
