"""Read a transcript file into paragraphs, whatever its format."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ..errors import BadInput
from .paragraph import Paragraph

__all__ = ["FORMATS", "MAX_BYTES", "Paragraph", "read"]

FORMATS = {
    ".txt": "coding.readers.text",
    ".md": "coding.readers.markdown",
    ".docx": "coding.readers.word",
    ".vtt": "coding.readers.subtitles",
}
MAX_BYTES = 200_000_000


def read(path: Path) -> list[Paragraph]:
    """Read the paragraphs of a transcript; raises BadInput where the file is not one."""
    path = Path(path)
    reader = _reader(path)
    _check_size(path)
    paragraphs = [p for p in reader(path) if p.text]
    if not any(character.isalnum() for p in paragraphs for character in p.text):
        raise BadInput(f"{path.name} holds no text; choose the file with the words in it.")
    return paragraphs


def _reader(path: Path) -> Callable[[Path], list[Paragraph]]:
    ending = path.suffix.lower()
    if ending == ".doc":
        raise BadInput(
            f"{path.name} is an old Word document; open it in Word, save it as .docx and try again."
        )
    if ending not in FORMATS:
        raise BadInput(
            f"{path.name} cannot be read as a transcript; save it as one of {', '.join(FORMATS)}."
        )
    reader: Callable[[Path], list[Paragraph]] = import_module(FORMATS[ending]).read
    return reader


def _check_size(path: Path) -> None:
    if not path.is_file():
        raise BadInput(f"There is no file {path.name}; check its name and place.")
    size = path.stat().st_size
    if not size:
        raise BadInput(f"{path.name} is empty; choose the file with the words in it.")
    if size > MAX_BYTES:
        raise BadInput(
            f"{path.name} has {size // 1_000_000} MB and a transcript may have 200; split it."
        )
