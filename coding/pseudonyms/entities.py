"""What the language model takes for names of people, places and organisations."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .common_words import BOTH, COUNTRIES, NEVER, WIDE
from .dictionary import Dictionary, is_ordinary
from .first_names import FIRST_NAMES
from .kinds import ORGANISATION, PERSON, PLACE, Found
from .person_names import LETTERS_AFTER, TITLES
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


def find(doc: "Doc", offset: int = 0, known: Dictionary | None = None) -> Iterator[Found]:
    """Find the names of a parsed text; `offset` is where it begins in the text meant.

    `known` says which words are English: a name of nothing else is less certain.
    """
    text = doc.text
    for entity in doc.ents:
        kind = _KINDS.get(entity.label_)
        if kind:
            found = _found(text, entity.start_char, entity.text.split("\n")[0], kind, known)
            if found and found.certainty:
                start, end = found.start + offset, found.end + offset
                yield Found(start, end, found.text, found.kind, "model", found.certainty)


def _found(text: str, start: int, said: str, kind: str, known: Dictionary | None) -> Found | None:
    if fold(said).strip(" .,") in COUNTRIES or _ORDINARY.search(said) and kind == PERSON:
        return None
    words = words_of(said)
    if words and words[0].key in FIRST_NAMES and kind in (PLACE, ORGANISATION) and len(words) < 4:
        kind = PERSON
    while words and _drops(words[0], kind):
        words = words[1:]
    while words and (_drops(words[-1], kind) or words[-1].key in LETTERS_AFTER):
        words = words[:-1]
    if not words:
        return None
    first, last = start + words[0].start, start + words[-1].end
    end = last if kind == PERSON else max(last, start + len(said.rstrip(" .,;:'’-")))
    certainty = _certainty(text, first, words, kind, known)
    return Found(first, end, text[first:end], kind, "model", certainty)


def _drops(word: Word, kind: str) -> bool:
    """Say whether a word at the edge of a name is none of it."""
    if kind == PERSON and word.key in TITLES:
        return True
    return word.key in NEVER and (not word.capital or word.key not in BOTH)


def _certainty(
    text: str, start: int, words: list[Word], kind: str, known: Dictionary | None
) -> float:
    keys = [word.key for word in words]
    if all(key in WIDE or key in NEVER or len(key) == 1 for key in keys):
        return 0.0
    capital = any(word.capital for word in words)
    common = all(is_ordinary(key, known) for key in keys)
    if kind == ORGANISATION:
        return 0.3 if common or not capital else 0.5 if len(words) > 1 else 0.4
    if common and not capital and len(words) == 1:
        return 0.0
    if common and capital and len(words) > 1:
        named = kind == PLACE or keys[0] in BOTH or keys[0] in FIRST_NAMES
        return 0.7 if named and keys[-1] not in WIDE else 0.4
    if common or not capital:
        return 0.4
    if len(words) > 1:
        return 0.85
    return 0.6 if begins_sentence(text, start) else 0.75
