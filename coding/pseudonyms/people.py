"""People told by the words around them: a title, “called”, “my neighbour”; unfamiliar words."""

from collections.abc import Iterator

from .common_words import BOTH, NEVER, WIDE
from .dictionary import Dictionary
from .first_names import FIRST_NAMES
from .kinds import PERSON, PLACE, Found
from .person_names import PARTICLES, TITLES
from .words import Word, adjoin, begins_sentence

# Titles that are also said alone or of anybody: a small letter behind them names nobody surely.
_LOOSE_WORDS = """
miss doctor sister father brother lady lord judge officer nurse coach matron fr dame bishop nan
nana gran grandma grandad granny uncle aunt auntie professor canon
"""
_LOOSE = frozenset(_LOOSE_WORDS.split())
_NAMED = frozenset(["called", "named", "nicknamed", "name", "names"])
_KIN_WORDS = """
neighbour neighbor friend mate husband wife partner son daughter brother sister mum mam mother
dad father nan gran grandad cousin nephew niece uncle auntie aunt boyfriend girlfriend boss
manager colleague carer grandson granddaughter landlord teacher twin lad boy girl baby
"""
_KIN = frozenset(_KIN_WORDS.split())
_TOLD_WORDS = """
told asked saw met rang phoned texted emailed messaged visited thanked helped married know knew
ask tell with and for to by from meet see ring phone text dear hi hello thanks hiya alright
about remember love miss bless poor old like than then but because cos that when if while
"""
_TOLD = frozenset(_TOLD_WORDS.split())
_WHERE_WORDS = """
in near around round through from to at over into across towards past
"""
_WHERE = frozenset(_WHERE_WORDS.split())
_WHOSE_WORDS = "my your his her our their the a an this that every each"
_WHOSE = frozenset(_WHOSE_WORDS.split())


def find(text: str, words: list[Word], known: Dictionary | None) -> Iterator[Found]:
    """Find people by their wording; `known` says which words are English, where that is known."""
    for place, word in enumerate(words):
        certainty, kind, source = _read(text, words, place, known)
        if certainty:
            last = _goes_on(text, words, place, known)
            span = (word.start, last.end)
            yield Found(*span, text[slice(*span)], kind, source, certainty)


def _read(
    text: str, words: list[Word], place: int, known: Dictionary | None
) -> tuple[float, str, str]:
    word = words[place]
    if len(word.key) < 2 or word.key in NEVER or word.key in TITLES:
        return 0.0, PERSON, ""
    before = _before(text, words, place)
    certainty = _by_wording(text, word, before, known)
    listed = 0.0 if word.key not in FIRST_NAMES else 0.8 if word.capital else 0.7
    if certainty or listed:
        return max(certainty, listed), PERSON, "wording" if certainty > listed else "first names"
    if word.key in BOTH or word.key in WIDE or known is None or known(word.key):
        return 0.0, PERSON, ""
    if word.capital and len(word.key) > 2 and not word.text.isupper():
        return _unfamiliar(text, word, before, capital=True)
    if not word.capital and len(word.key) > 2:
        return _unfamiliar(text, word, before, capital=False)
    return 0.0, PERSON, ""


def _before(text: str, words: list[Word], place: int) -> list[str]:
    """Return the keys of up to three words before, the nearest first, within the sentence."""
    keys = []
    for nearer in range(place - 1, max(-1, place - 4), -1):
        between = text[words[nearer].end : words[nearer + 1].start]
        if any(mark in between for mark in ".?!\n;:") and words[nearer].key not in TITLES:
            break
        keys.append(words[nearer].key)
    return keys


def _by_wording(text: str, word: Word, before: list[str], known: Dictionary | None) -> float:
    """Rank a word by a title, a word such as “called”, or kin before it."""
    if not before:
        return 0.0
    english = word.key in BOTH or word.key in WIDE or (known is not None and known(word.key))
    if before[0] in TITLES:
        if word.capital:
            return 0.85
        anybodys = before[0] in _LOOSE and (before[1:2] == [] or before[1] in _WHOSE)
        if before[0] in _LOOSE and (known is None or (english and anybodys)):
            return 0.0
        return 0.4 if english else 0.75
    named = before[0] in _NAMED or before[:2] == ["is", "name"] or before[0] in _KIN
    if word.capital and named:
        return 0.75
    return 0.6 if named and not english and known is not None else 0.0


def _unfamiliar(text: str, word: Word, before: list[str], capital: bool) -> tuple[float, str, str]:
    """Rank a word that is not English: a name, where it stands as names do."""
    nearest = before[0] if before else ""
    kind = PLACE if nearest in _WHERE - {"to", "from", "at"} else PERSON
    if capital:
        return (0.35 if begins_sentence(text, word.start) else 0.5), kind, "wording"
    follows = text[word.start + len(word.text) : word.start + len(word.text) + 2]
    if nearest in _TOLD or nearest in _WHERE or follows in ("'s", "’s"):
        return 0.35, kind, "wording"
    return (0.3 if len(word.key) > 3 else 0.0), kind, "wording"


def _goes_on(text: str, words: list[Word], place: int, known: Dictionary | None) -> Word:
    """Return the last word of the name that begins here: surnames and particles follow."""
    last = words[place]
    for at in range(place + 1, min(place + 4, len(words))):
        word = words[at]
        if not adjoin(text, words[at - 1], word) or "\n" in text[words[at - 1].end : word.start]:
            break
        if text[words[at - 1].end : word.start].startswith(".") and len(words[at - 1].text) > 1:
            break
        if word.key in PARTICLES and at + 1 < len(words) and word.key not in NEVER:
            continue
        if not _surname(last, word, known):
            break
        last = word
    return last


def _surname(first: Word, word: Word, known: Dictionary | None) -> bool:
    if word.key in NEVER or word.key in WIDE or word.key in TITLES:
        return False
    if word.capital:
        return first.capital
    return not first.capital and known is not None and not known(word.key)
