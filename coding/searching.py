"""Search what was said, and code what was found."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator

from sqlite_utils import Database

from .checks import Row, get
from .codings import add_coding
from .errors import BadInput
from .transcripts import list_turns, ordered, passage, text

CONTEXT = 90  # characters told on each side of a hit
EXTENTS = ("words", "sentence", "turn")
# People type straight marks, transcripts hold either.
ALIKE = {"'": "['’‘ʼ]", "’": "['’‘ʼ]", '"': '["“”]', "-": "[-‐‑–]"}
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+|\n+")


def find_words(
    db: Database,
    words: str,
    *,
    transcript_id: int | None = None,
    area_id: int | None = None,
    whole_words: bool = False,
) -> list[Row]:
    """Find words in the turns of all transcripts, in the order of their list.

    Capitals, kinds of quotation marks and of spaces make no difference.
    """
    pattern = _pattern(words, whole_words)
    hits: list[Row] = []
    for transcript in ordered(db, area_id):
        if transcript_id in (None, transcript["id"]):
            hits += _find_in(db, transcript, pattern)
    return hits


def _pattern(words: str, whole_words: bool) -> re.Pattern[str]:
    parts = words.split()
    if not parts:
        raise BadInput("Type the words to search for.")
    if len(words) > 200:
        raise BadInput("Search for at most 200 characters.")
    typed = r"\s+".join("".join(ALIKE.get(c) or re.escape(c) for c in part) for part in parts)
    return re.compile(rf"(?<!\w){typed}(?!\w)" if whole_words else typed, re.IGNORECASE)


def _find_in(db: Database, transcript: Row, pattern: re.Pattern[str]) -> Iterator[Row]:
    whole = text(db, transcript["id"])
    found = [match.span() for match in pattern.finditer(whole)]
    turns = list_turns(db, transcript["id"]) if found else []
    starts = [turn["speech_start"] for turn in turns]
    for start, end in found:
        place = bisect_right(starts, start) - 1
        if place >= 0 and end <= turns[place]["end"]:
            yield _hit(transcript, turns[place], whole, start, end)


def _hit(transcript: Row, turn: Row, whole: str, start: int, end: int) -> Row:
    first, last = turn["speech_start"], turn["end"]
    low, high = max(first, start - CONTEXT), min(last, end + CONTEXT)
    return {
        "transcript": transcript["title"],
        "turn": turn["position"],
        "speaker": turn["speaker"],
        "area": transcript["area"],
        "start": start,
        "end": end,
        "before": ("…" if low > first else "") + whole[low:start],
        "quote": whole[start:end],
        "after": whole[end:high] + ("…" if high < last else ""),
        "transcript_id": transcript["id"],
        "role": turn["role"],
        "area_name": transcript["area_name"],
        "extents": {
            "words": (start, end),
            "sentence": _sentence(whole, first, last, start, end),
            "turn": (first, last),
        },
    }


def _sentence(whole: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """Return the sentence, or the sentences, of a turn in which words stand."""
    breaks = [match.end() for match in SENTENCE_END.finditer(whole, first, last)]
    low = max([first, *(place for place in breaks if place <= start)])
    high = min([last, *(place for place in breaks if place >= end)])
    return low, low + len(whole[low:high].rstrip())


def code_hits(
    db: Database, coder_id: int, code_id: int, hits: Iterable[Row], extent: str = "words"
) -> int:
    """Code the words found, their sentences or their turns; returns how many codings are new."""
    if extent not in EXTENTS:
        raise BadInput(f"Code {', '.join(EXTENTS)}; there is no “{extent[:40]}”.")
    get(db, "code", code_id, "code")
    passages = dict.fromkeys((hit["transcript_id"], *hit["extents"][extent]) for hit in hits)
    before = db.table("coding").count
    for transcript_id, start, end in passages:
        quote = passage(db, transcript_id, start, end)
        add_coding(db, transcript_id, code_id, coder_id, start, end, quote)
    return int(db.table("coding").count - before)


def pick_hits(hits: Iterable[Row], wanted: Collection[tuple[int, int]]) -> list[Row]:
    """Keep the hits that somebody ticked, each named by its transcript and start."""
    kept = [hit for hit in hits if (hit["transcript_id"], hit["start"]) in wanted]
    if not kept or len(kept) < len(set(wanted)):
        raise BadInput("These are not the hits of now; look at them again and tick anew.")
    return kept
