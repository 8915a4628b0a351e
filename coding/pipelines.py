"""Texts through the language model, with a study's own names in front of the model's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from .gazetteer import Entry, ruler
from .language_models import load

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# A parser needs memory by the length of its longest text, and refuses a million characters.
LONGEST = 20_000
BATCH = 128
_BREAKS = (re.compile(r".*\n", re.DOTALL), re.compile(r".*[.!?…]\s", re.DOTALL),
           re.compile(r".*\s", re.DOTALL))  # fmt: skip


class Pipeline:
    """A loaded model that finds the given names before its own; it changes no shared model."""

    def __init__(self, names: Iterable[Entry] = ()) -> None:
        self.language = load()
        self.rules = ruler(_front(), names)

    def __call__(self, text: str) -> Doc:
        return next(self.pipe([text]))

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield one doc a text, of exactly its characters, however long or empty it is."""
        from spacy.tokens import Doc

        cut = [pieces(text) for text in texts]
        started = (self._start(piece) for found in cut for piece in found)
        docs = self.language.pipe(started, batch_size=BATCH)
        for found in cut:
            own = [next(docs) for _ in found]
            yield own[0] if len(own) == 1 else Doc.from_docs(own, ensure_whitespace=False)

    def _start(self, text: str) -> Doc:
        doc = _front().make_doc(text)
        return self.rules(doc) if self.rules and len(doc) else doc


def pieces(text: str) -> list[str]:
    """Cut a very long text at ends of lines, else of sentences, else of words."""
    found = []
    while len(text) > LONGEST:
        head = text[:LONGEST]
        ends = (match.end() for end in _BREAKS if (match := end.match(head)))
        cut = next(ends, LONGEST)
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


@cache
def _front() -> Language:
    """A pipeline of the model's words and tokenizer only: making one takes a fifth of a second."""
    import spacy

    front = spacy.blank("en", vocab=load().vocab)
    front.tokenizer = load().tokenizer
    return front
