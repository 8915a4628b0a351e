"""Which words of a parsed turn tell what it is about: lemmas and noun phrases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

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
_DAYS = "monday tuesday wednesday thursday friday saturday sunday christmas".split()
FILLERS, LIGHT = frozenset(_FILLERS.split()), frozenset(_LIGHT.split())
LEFT_OUT = STOP_WORDS | FILLERS | LIGHT | {*_DAYS, *(day + "s" for day in _DAYS)}
CONTENT = frozenset(("NOUN", "PROPN", "ADJ", "VERB"))
IN_PHRASES = frozenset(("NOUN", "PROPN", "ADJ"))
SHORTEST, LONGEST_PHRASE = 3, 3


class Terms:
    """Takes the terms out of parsed sentences, for one model and the names of one study.

    With a model: lemmas of nouns, names of things, adjectives and verbs, and noun phrases of two
    or three of them; names of people are left out, as far as the model or the list of speakers
    knows them. Without one: lower-cased words.
    """

    def __init__(self, names: Iterable[str], *, model: bool) -> None:
        self._names = {part.casefold() for name in names for part in name.split()}
        self._model = model
        self._known: dict[tuple[str, str], str] = {}

    def of(self, sentence: Span) -> list[str]:
        """List the terms of a sentence, in its order and as often as they are said."""
        if not self._model:
            return [word for token in sentence if (word := self._plain(token.lower_))]
        found = {token.i: word for token in sentence if (word := self._word(token))}
        return [*found.values(), *self._phrases(sentence, found)]

    def _plain(self, word: str) -> str:
        from spacy.lang.en.stop_words import STOP_WORDS as MORE

        if len(word) < SHORTEST or not word.isalpha() or word in LEFT_OUT or word in MORE:
            return ""
        return "" if word in self._names else word

    def _word(self, token: object) -> str:
        kind, lemma = token.pos_, token.lemma_  # type: ignore[attr-defined]
        if kind not in CONTENT or token.ent_type_ == "PERSON":  # type: ignore[attr-defined]
            return ""
        key = (lemma, kind)
        if key not in self._known:
            word = lemma.lower()
            told = len(word) >= SHORTEST and word.isalpha() and word not in LEFT_OUT
            named = kind == "PROPN" and word in self._names
            self._known[key] = word if told and not named else ""
        return self._known[key]

    def _phrases(self, sentence: Span, found: dict[int, str]) -> list[str]:
        phrases = []
        for chunk in sentence.noun_chunks:
            words = [found[t.i] for t in chunk if t.i in found and t.pos_ in IN_PHRASES]
            if 2 <= len(words) <= LONGEST_PHRASE:
                phrases.append(" ".join(words))
        return phrases


def sentences(doc: Doc) -> list[Span]:
    """List the sentences of a doc; where nothing marked them, the doc is one."""
    return list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]] if len(doc) else []
