"""Where sentences start and end, by their marks alone."""

import re
from collections.abc import Iterator

# Closing quotes and brackets belong to the sentence they close.
_END = re.compile(r"[.!?…。！？]+[\"'”’)\]]*(?=\s)|\n+")
_SPACE = re.compile(r"\s*")


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut text from start to end into sentences, without the white space between them."""
    at = _behind_space(text, start, end)
    for mark in _END.finditer(text, start, end):
        stop = mark.end() if not mark[0].isspace() else mark.start()
        if stop > at:
            yield at, stop
            at = _behind_space(text, stop, end)
    last = at + len(text[at:end].rstrip())
    if last > at:
        yield at, last


def _behind_space(text: str, at: int, end: int) -> int:
    found = _SPACE.match(text, at, end)
    return found.end() if found else at
