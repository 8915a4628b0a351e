"""What changed between two texts, word by word."""

from difflib import SequenceMatcher
from typing import NamedTuple


class Piece(NamedTuple):
    """Words that stand in both texts, or in one of them: same, added or removed."""

    kind: str
    words: str


def word_diff(before: str, after: str) -> list[Piece]:
    """Return the pieces that turn one text into the other, in reading order."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(old[a:b])))
            continue
        for kind, words in (("removed", old[a:b]), ("added", new[c:d])):
            if words:
                pieces.append(Piece(kind, " ".join(words)))
    return pieces
