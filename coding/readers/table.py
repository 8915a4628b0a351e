"""Transcripts laid out as a table: which column is the speaker, the words and the time."""

from collections import Counter
from dataclasses import replace

from ..labels import sure_labels
from ..marks import label, lone_time
from .paragraph import Paragraph

HEADERS = {
    "speaker": {"speaker", "name", "who", "participant", "person", "initials", "role"},
    "words": {
        "text", "words", "transcript", "speech", "utterance", "content", "comment", "dialogue",
        "what was said", "said", "talk",
    },
    "time": {"time", "timestamp", "timecode", "start", "start time"},
}  # fmt: skip
Cell = list[Paragraph]
Row = list[Cell]


def paragraphs_of(rows: list[Row]) -> list[Paragraph]:
    """Read a table row by row, with speakers where a column holds them."""
    columns = _named_columns(rows)
    if columns:
        return [p for row in rows[1:] for p in _spoken_row(row, columns)]
    columns = _guessed_columns(rows)
    if columns:
        return [p for row in rows for p in _spoken_row(row, columns)]
    return [paragraph for row in rows for cell in row for paragraph in cell]


def _named_columns(rows: list[Row]) -> dict[str, int]:
    header = [_text(cell).casefold().strip(" :") for cell in rows[0]] if rows else []
    columns = {
        kind: place
        for kind, names in HEADERS.items()
        for place, name in reversed(list(enumerate(header)))
        if name in names
    }
    return columns if {"speaker", "words"} <= columns.keys() else {}


def _guessed_columns(rows: list[Row]) -> dict[str, int]:
    if len(rows) < 2 or {len(row) for row in rows} != {2}:
        return {}
    names = Counter(label(_text(row[0]).rstrip(":")) for row in rows)
    sure = sure_labels(names, len(rows))
    # A list of people names each of them once; in a conversation somebody speaks again.
    spoken = sum(count for name, count in names.items() if name in sure and count > 1)
    return {"speaker": 0, "words": 1} if len(sure) > 1 and spoken >= len(rows) / 2 else {}


def _spoken_row(row: Row, columns: dict[str, int]) -> list[Paragraph]:
    if len(row) <= max(columns.values()):
        return [paragraph for cell in row for paragraph in cell]
    speaker = label(_text(row[columns["speaker"]]).rstrip(":"))
    time = _text(row[columns["time"]]) if "time" in columns else ""
    first, *others = row[columns["words"]] or [Paragraph("")]
    return [replace(first, speaker=speaker or None, time=lone_time(time), heading=False), *others]


def _text(cell: Cell) -> str:
    return " ".join(paragraph.text for paragraph in cell)
