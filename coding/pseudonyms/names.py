"""Names that are known, and every place where one of them stands, however it is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .common_words import BOTH, NEVER, SELDOM, WIDE
from .dictionary import Dictionary, is_ordinary
from .kinds import PERSON, Found
from .person_names import TITLES, person_forms
from .words import Word, adjoin, begins_sentence, words_of

# Words before and behind which a common word in small letters may be a name.
_ADDRESSED_WORDS = """
told tell asked ask called named hi hello thanks cheers met rang phoned with neighbour friend
husband wife partner son daughter brother sister mum mam dad nan gran auntie uncle cousin name
"""
# Whose names they are is known, and not only found.
_ASKED_FOR = frozenset({"roster", "speakers"})
_ADDRESSED = frozenset(_ADDRESSED_WORDS.split())
_VERBS = "said says came told asked went wrote lives works knows thinks rang"
_DOES = frozenset(_VERBS.split())
_KIN = "mum mam dad daughter son husband wife partner sister brother house idea"
_OWN = frozenset(_KIN.split())


@dataclass(frozen=True)
class Name:
    """A name by its folded words, what it names, what says so, and how certain one place is."""

    keys: tuple[str, ...]
    kind: str
    source: str
    certainty: float
    capital: bool = False  # only where it has a capital, since its words are ordinary ones


@dataclass
class NameBook:
    """Names by their first word, the best of each kept."""

    names: dict[str, dict[tuple[str, ...], Name]] = field(default_factory=dict)
    known: Dictionary | None = None

    def add(self, name: Name) -> None:
        """Add a name, unless it is known more certainly."""
        if not name.keys or any(not key for key in name.keys):
            return
        known = self.names.setdefault(name.keys[0], {})
        if name.keys not in known or known[name.keys].certainty < name.certainty:
            known[name.keys] = name

    def add_person(self, typed: str, source: str, certainty: float) -> None:
        """Add a person's whole name, its parts alone, and what its first name is shortened to."""
        for keys, worth in person_forms(typed).items():
            self.add(Name(keys, PERSON, source, round(certainty * worth, 2)))

    def add_found(self, typed: str, kind: str, certainty: float) -> None:
        """Add what was found in one place; ordinary words of it are no names by themselves."""
        keys = tuple(word.key for word in words_of(typed))
        forms = person_forms(typed) if kind == PERSON else {keys: 1.0}
        for form, worth in forms.items():
            ordinary = all(is_ordinary(key, self.known) or len(key) == 1 for key in form)
            if len(form) > 1 or not ordinary:
                worth = round(certainty * worth, 2)
                self.add(Name(form, kind, "elsewhere", worth, ordinary and kind == PERSON))

    def add_whole(self, typed: str, kind: str, source: str, certainty: float) -> None:
        """Add a name that is only known whole, such as a place or an organisation."""
        self.add(Name(tuple(word.key for word in words_of(typed)), kind, source, certainty))

    def find(self, text: str, words: list[Word]) -> Iterator[Found]:
        """Find every place of the names, the longest name at each."""
        for place, word in enumerate(words):
            if word.key not in self.names:
                continue
            known = self.names[word.key]
            for keys in sorted(known, key=len, reverse=True):
                last = _matches(text, words, place, keys)
                certainty = _certainty(text, words, place, known[keys]) if last else 0.0
                if last and certainty:
                    span = (word.start, last.end)
                    name = known[keys]
                    yield Found(*span, text[slice(*span)], name.kind, name.source, certainty)
                    break


def _matches(text: str, words: list[Word], place: int, keys: tuple[str, ...]) -> Word | None:
    """Return the last word where these words stand here one behind the other."""
    if place + len(keys) > len(words):
        return None
    here = words[place : place + len(keys)]
    if any(word.key != key for word, key in zip(here, keys, strict=True)):
        return None
    pairs = zip(here, here[1:], strict=False)
    return here[-1] if all(adjoin(text, before, after) for before, after in pairs) else None


def _certainty(text: str, words: list[Word], place: int, name: Name) -> float:
    """Rank one place of a name: an ordinary word needs evidence to be one; 0 where it has none."""
    word = words[place]
    if name.capital and not word.capital:
        return 0.0
    if len(name.keys) > 1:
        ordinary = all(key in BOTH or key in NEVER for key in name.keys)
        if word.capital or not ordinary:
            return name.certainty
        return round(name.certainty / 2, 2) if name.source in _ASKED_FOR else 0.0
    ordinary = word.key in BOTH or word.key in NEVER or word.key in WIDE
    if not ordinary and len(word.key) > 1:
        return name.certainty
    before = words[place - 1] if place and adjoin(text, words[place - 1], word) else None
    if name.kind == PERSON and before and before.key in TITLES:
        return name.certainty
    if word.capital and not begins_sentence(text, word.start):
        return round(name.certainty * 0.8, 2)
    if word.capital:
        return round(name.certainty * 0.4, 2)
    behind = words[place + 1].key if place + 1 < len(words) else ""
    hangs = text[word.end : word.end + 2] in ("'s", "’s")
    said = behind in (_OWN if hangs else _DOES) or (before is not None and before.key in _ADDRESSED)
    seldom = word.key in SELDOM and name.source in _ASKED_FOR
    return round(name.certainty * 0.4, 2) if name.kind == PERSON and (said or seldom) else 0.0
