"""What the language model takes for names of people, places and organisations."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from .common_words import BOTH, COUNTRIES, NEVER, WIDE
from .kinds import ORGANISATION, PERSON, PLACE, Found
from .names import LETTERS_AFTER, TITLES
from .words import Word, begins_sentence, fold, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KINDS = {
    "PERSON": PERSON,
    "GPE": PLACE,
    "LOC": PLACE,
    "FAC": PLACE,
    "PLACE": PLACE,
    "ORG": ORGANISATION,
    "GROUP": ORGANISATION,
}
_ORDINARY = re.compile(r"\d")


def find(doc: "Doc", offset: int = 0) -> Iterator[Found]:
    """Find the names of a parsed text; `offset` is where it begins in the text meant."""
    for entity in doc.ents:
        kind = _KINDS.get(entity.label_)
        if kind:
            found = _found(doc.text, entity.start_char, entity.text, kind)
            if found and found.certainty:
                start, end = found.start + offset, found.end + offset
                yield Found(start, end, found.text, kind, "model", found.certainty)


def _found(text: str, start: int, said: str, kind: str) -> Found | None:
    if fold(said).strip(" .,") in COUNTRIES or _ORDINARY.search(said) and kind == PERSON:
        return None
    words = words_of(said)
    while words and _drops(words[0], kind):
        words = words[1:]
    while words and (_drops(words[-1], kind) or words[-1].key in LETTERS_AFTER):
        words = words[:-1]
    if not words:
        return None
    first, last = start + words[0].start, start + words[-1].end
    end = last if kind == PERSON else max(last, start + len(said.rstrip(" .,;:'’-")))
    certainty = _certainty(text, first, words, kind)
    return Found(first, end, text[first:end], kind, "model", certainty)


def _drops(word: Word, kind: str) -> bool:
    """Say whether a word at the edge of a name is none of it."""
    if kind == PERSON and word.key in TITLES:
        return True
    return word.key in NEVER and (not word.capital or word.key not in BOTH)


def _certainty(text: str, start: int, words: list[Word], kind: str) -> float:
    keys = [word.key for word in words]
    if all(key in WIDE or key in NEVER for key in keys):
        return 0.0
    capital = any(word.capital for word in words)
    common = all(key in BOTH for key in keys)
    if kind == ORGANISATION:
        return 0.3 if common or not capital else 0.5 if len(words) > 1 else 0.4
    if common or not capital:
        return 0.4
    if len(words) > 1:
        return 0.85
    return 0.6 if begins_sentence(text, start) else 0.75


@cache
def dictionary() -> Callable[[str], bool] | None:
    """Return what says whether a word is English, by the model's own word lists; None without."""
    from .. import language

    pipeline = language.load()
    if "lemmatizer" not in pipeline.pipe_names:
        return None
    lookups = getattr(pipeline.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return None
    known = frozenset().union(*lookups.get_table("lemma_index").values())
    forms = frozenset().union(*(set(t) for t in lookups.get_table("lemma_exc").values()))
    return lambda word: _is_known(word, known, forms)


_ENDINGS = (
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "er",
    "ers",
    "est",
    "r",
    "ly",
    "ness",
    "less",
    "able",
    "ish",
)


def _is_known(word: str, known: frozenset[str], forms: frozenset[str]) -> bool:
    if word in known or word in forms or word in NEVER or word in WIDE:
        return True
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            if {stem, f"{stem}e", f"{stem[:-1]}y"} & known:
                return True
            if stem[-1] == stem[-2] and stem[:-1] in known:
                return True
    return any(
        word.startswith(start) and word.removeprefix(start) in known
        for start in ("un", "re", "non", "pre", "over", "out", "under", "mis", "co", "anti", "self")
    )
