"""Words with capitals one behind the other within a sentence, which may name anything."""

from collections.abc import Iterator

from .common_words import NEVER, WIDE
from .kinds import ORGANISATION, PLACE, Found
from .person_names import TITLES
from .place_words import BEFORE_NAMES
from .words import Word, begins_sentence

_WHERE_WORDS = """
in near around round through from to at over into across towards past with of by outside
"""
_WHERE = frozenset(_WHERE_WORDS.split())


def find(text: str, words: list[Word]) -> Iterator[Found]:
    """Find runs of two and more; a suggestion only, and a place behind a word such as “in”."""
    run: list[Word] = []
    for place, word in enumerate(words):
        if run and not _goes_on(text, run[-1], word):
            yield from _run(text, words, place, run)
            run = []
        if _may_name(word) or (not run and word.capital and word.key in BEFORE_NAMES):
            run.append(word)
    yield from _run(text, words, len(words), run)


def _may_name(word: Word) -> bool:
    plain = word.key in NEVER or word.key in WIDE or word.key in TITLES
    return word.capital and not word.text.isupper() and not plain


def _goes_on(text: str, last: Word, word: Word) -> bool:
    return text[last.end : word.start] in (" ", "\u00a0", "-") and _may_name(word)


def _run(text: str, words: list[Word], behind: int, run: list[Word]) -> Iterator[Found]:
    before = words[behind - len(run) - 1].key if behind > len(run) else ""
    if run and begins_sentence(text, run[0].start):
        before = ""
        run = run if run[0].key in BEFORE_NAMES else run[1:]
    if len(run) > 1:
        span = (run[0].start, run[-1].end)
        kind, certainty = (PLACE, 0.45) if before in _WHERE else (ORGANISATION, 0.3)
        yield Found(*span, text[slice(*span)], kind, "wording", certainty)
