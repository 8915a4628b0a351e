"""Plain text, in whatever encoding it was saved."""

import codecs
from pathlib import Path

from ..errors import BadInput
from .paragraph import UNSEEN, Paragraph, clean_lines

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SIGNATURES = {
    b"PK\x03\x04": "a zip or Office file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
}


def read(path: Path) -> list[Paragraph]:
    """Read each line that is not blank as a paragraph."""
    return [Paragraph(line) for line in clean_lines(decode(path))]


def decode(path: Path) -> str:
    """Decode a text file: UTF-8 first, then Windows, then whatever fits; never a binary file."""
    data = path.read_bytes()
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise BadInput(f"{path.name} is {kind}, not text; give it the ending it had before.")
    text = _decoded(data)
    if text is None or _looks_binary(text):
        raise BadInput(f"{path.name} is not text; save the transcript as text and try again.")
    return text


def _decoded(data: bytes) -> str | None:
    encodings = ("utf-16",) if data.startswith(UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _guessed(data)


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best else None


def _looks_binary(text: str) -> bool:
    return "\x00" in text or len(UNSEEN.findall(text)) > len(text) / 200 + 2
