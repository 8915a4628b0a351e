"""Speakers that a format shows by bold type alone: “**Anna** I think …”, or a bold line above."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..labels import is_name, is_role, sure_labels
from ..marks import lone_time
from .paragraph import Paragraph, clean_lines

Pieces = list[tuple[str, bool]]  # text and whether it is bold; a line break inside is "\n"


@dataclass(frozen=True)
class Line:
    """A line of a formatted document and the bold words that it begins with."""

    text: str
    bold: str = ""
    heading: bool = False

    @property
    def rest(self) -> str:
        return self.text[len(self.bold) :].lstrip()


def lines_of(pieces: Pieces, heading: bool = False) -> list[Line]:
    """Split the pieces of a paragraph at its line breaks."""
    rows: list[Pieces] = [[]]
    for text, bold in pieces:
        first, *others = text.split("\n")
        rows[-1].append((first, bold))
        rows.extend([(other, bold)] for other in others)
    return [line for row in rows for line in _line(row, heading)]


def _line(row: Pieces, heading: bool) -> list[Line]:
    text = " ".join(clean_lines("".join(part for part, _ in row)))
    lead = ""
    for part, bold in row:
        if part.strip() and not bold:
            break
        lead += part
    lead = " ".join(clean_lines(lead))
    return [Line(text, lead if text.startswith(lead) else "", heading)] if text else []


def paragraphs_from(lines: Sequence[Line]) -> list[Paragraph]:
    """Turn lines into paragraphs, with the speaker where bold type alone says who speaks."""
    labels = _bold_labels(lines)
    paragraphs: list[Paragraph] = []
    above: tuple[str | None, str | None] = (None, None)
    for line in lines:
        if line.bold not in labels or line.heading:
            speaker, time = (None, None) if line.heading else above
            paragraphs.append(Paragraph(line.text, speaker, time, line.heading))
        elif not line.rest or lone_time(line.rest):
            above = line.bold, lone_time(line.rest)
            continue
        else:
            paragraphs.append(Paragraph(line.rest, line.bold))
        above = (None, None)
    return paragraphs


def _bold_labels(lines: Sequence[Line]) -> frozenset[str]:
    spoken = [line for line in lines if not line.heading]
    counts = Counter(
        line.bold
        for line in spoken
        if line.bold
        and not line.rest.startswith(":")
        and (is_name(line.bold) or is_role(line.bold))
    )
    # Bold type is also emphasis and headings, so a label must come again.
    again = Counter({label: n for label, n in counts.items() if n > 1})
    if len(again) < 2:
        return frozenset()
    return sure_labels(again, len(spoken))
