"""Which words of a parsed turn tell what it is about: lemmas and noun phrases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..retrieval.words import STOP_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

# What people say in any talk, whatever it is about.
_FILLERS = """
absolutely actually anybody anyone anything basically bit certainly course definitely eh else even
ever everybody everyone everything exactly get gets getting go goes going gon gonna got gotta guess
guy guys hello hi honestly kind kinda know like literally look lot lots maybe mean mind much
obviously one perhaps please point pretty probably quite really right say saying says see sense
somebody someone something sorry sort stuff sure talk tell thank thanks thing things think thought
two want way well whatever wow yeah yep
"""
# Verbs and adjectives that go with any subject, and parts of the calendar; as lemmas.
_LIGHT = """
able add allow apply bad become begin believe big bring call carry cause certain come consider
continue create day deal decide different end expect few find follow full general give good great
half happen have hold hour include involve keep kind large last late leave let little long lose
make many minute moment month morning move nice night old open other particular put raise read
remember run same second seem send set show side sit small spend stand start stay stop take term
third today tomorrow tonight try turn understand use wait watch week whole wish write wrong year
yesterday
"""
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "christmas"]
FILLERS, LIGHT = frozenset(_FILLERS.split()), frozenset(_LIGHT.split())
LEFT_OUT = STOP_WORDS | FILLERS | LIGHT | {*_DAYS, *(day + "s" for day in _DAYS)}
CONTENT = frozenset(("NOUN", "PROPN", "ADJ", "VERB"))
IN_PHRASES = frozenset(("NOUN", "PROPN", "ADJ"))
NOUNS = frozenset(("NOUN", "PROPN"))
SHORTEST, LONGEST_PHRASE = 3, 3


class Terms:
    """Takes the terms out of parsed sentences, for one model and the names of one study.

    With a model: lemmas of nouns, names of things, adjectives and verbs, and noun phrases, which
    are two or three adjectives and nouns in a row that end in a noun; names of people are left
    out, as far as the model or the list of speakers knows them. Without one: lower-cased words.
    """

    def __init__(self, names: Iterable[str], *, model: bool) -> None:
        self._names = {part.casefold() for name in names for part in name.split()}
        self._model = model
        self._known: dict[tuple[int, int, int], tuple[str, str]] = {}

    def of(self, doc: Doc) -> list[list[str]]:
        """List the terms of each sentence of a doc, as often as they are said."""
        spans = [(span.start, span.end) for span in sentences(doc)]
        if not self._model:
            return [[w for t in doc[a:b] if (w := self._plain(t.lower_))] for a, b in spans]
        # One array for the doc: asking token by token takes ten times as long.
        rows: Any = doc.to_array(["LEMMA", "POS", "ENT_TYPE"]).reshape(-1, 3).tolist()
        told = [self._told(doc, *row) for row in rows]
        return [_words_and_phrases(told[a:b]) for a, b in spans]

    def _plain(self, word: str) -> str:
        from spacy.lang.en.stop_words import STOP_WORDS as MORE

        if len(word) < SHORTEST or not word.isalpha() or word in LEFT_OUT or word in MORE:
            return ""
        return "" if word in self._names else word

    def _told(self, doc: Doc, lemma: int, kind: int, entity: int) -> tuple[str, str]:
        """Return the word that a token tells, blank for none, and its part of speech."""
        key = (lemma, kind, entity)
        if key not in self._known:
            strings = doc.vocab.strings
            word, pos, named = strings[lemma].lower(), strings[kind], strings[entity] == "PERSON"
            told = len(word) >= SHORTEST and word.isalpha() and word not in LEFT_OUT
            named = named or (pos == "PROPN" and word in self._names)
            told = told and pos in CONTENT and not named
            self._known[key] = (word if told else "", "name" if named else pos)
        return self._known[key]


def _words_and_phrases(told: list[tuple[str, str]]) -> list[str]:
    found, run, last = [word for word, _ in told if word], [], ""
    for word, pos in (*told, ("", "end")):
        if pos in IN_PHRASES:
            run += [word] if word else []
            last = pos if word else last
            continue
        if 2 <= len(run) <= LONGEST_PHRASE and last in NOUNS:
            found.append(" ".join(run))
        run = []
    return found


def sentences(doc: Doc) -> list[Span]:
    """List the sentences of a doc; where nothing marked them, the doc is one."""
    return list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]] if len(doc) else []
