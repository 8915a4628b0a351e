"""How the history is told on a page: texts as word diffs, kinds of objects in numbers."""

import re

from linkage.changed_rows import Field
from linkage.codebook_diff import CodeDiff

from ...word_diff import Piece, word_diff
from .blueprint import pages

LONG = 40
# Comparing words takes time that grows with the square of their number.
TOO_LONG = 20_000


@pages.app_template_filter()
def prose(field: Field) -> list[Piece]:
    """Compare texts of several words; empty where before and after are better set side by side."""
    before, after = field.before or "", field.after or ""
    long = max(len(before), len(after))
    return word_diff(before, after) if before and after and LONG < long < TOO_LONG else []


@pages.app_template_filter()
def reworded(diff: CodeDiff) -> list[tuple[str, list[Piece]]]:
    """Compare a code's definition and rules, word by word."""
    return [(field, word_diff(before, after)) for field, before, after in diff.texts]


@pages.app_template_filter()
def many(kind: str) -> str:
    """Write several of a kind: stories, quotes of a story."""
    noun, rest = re.fullmatch(r"(.+?)((?: of | shown| to ).*)?", kind).groups()  # type: ignore[union-attr]
    return f"{noun[:-1]}ies{rest or ''}" if noun.endswith("y") else f"{noun}s{rest or ''}"
