"""Texts of coders in which people's own words stand, such as the examples of a codebook."""

import re
from collections.abc import Iterable

from sqlite_utils import Database

from .checks import Row
from .consent import LEFT_OUT, ORDER, Permits, Sifted
from .queries import spoken_turns
from .transcripts import text

FEWEST = 4  # words; shorter pieces are anybody's
PIECE = re.compile(r"[.!?…\n\"“”]+")


def sift_texts(db: Database, rows: Iterable[Row], use: str, names: Iterable[str]) -> Sifted:
    """Withhold texts that repeat a sentence of somebody who does not allow a use; rows stay.

    A text has no speaker, so its sentences of four words and more are sought in what they said.
    """
    held, names, found = _held(db, use), tuple(names), Sifted(use, [], thing="code")
    for row in rows:
        given = {name: row[name] for name in names if row.get(name)}
        why = {name: _repeats(written, held) for name, written in given.items()}
        blank = {name: "" for name, decision in why.items() if decision}
        worst = min(filter(None, why.values()), key=ORDER.index, default="")
        found.rows.append({**row, **blank, "consent": f"{LEFT_OUT}{worst}" if worst else ""})
        if worst:
            found.withheld[worst] += 1
    return found


def _repeats(written: str, held: dict[str, str]) -> str:
    pieces = [_plain(piece) for piece in PIECE.split(written)]
    sought = [piece for piece in pieces if piece.count(" ") >= FEWEST - 1]
    return next((why for why, said in held.items() if any(piece in said for piece in sought)), "")


def _held(db: Database, use: str) -> dict[str, str]:
    """Gather what may not go, by what was decided."""
    permits, said = Permits.read(db, use), dict[str, list[str]]()
    whole: dict[int, str] = {}
    for turn in spoken_turns(db, None):
        decision = permits.of_speakers([turn["speaker_id"]])
        if turn["role"] != "moderator" and not permits.allows(decision):
            number = turn["transcript_id"]
            words = whole.setdefault(number, text(db, number))[turn["speech_start"] : turn["end"]]
            said.setdefault(decision, []).append(_plain(words))
    return {decision: "\n".join(said[decision]) for decision in ORDER if decision in said}


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
