"""Checks made before any zip format is opened: size, number, names, and no document types."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ..errors import BadInput

MAX_ENTRIES = 2_000
MAX_BYTES = 200_000_000
MAX_RATIO = 100
CHUNK = 1 << 20
DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
OVERLAP = max(map(len, DOCTYPES))
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def check_archive(path: Path, kind: str) -> None:
    """Raise BadInput unless the file is a zip that is safe to unpack; `kind` names the format."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_declared(path, entries)
            for entry in entries:
                _check_content(path, archive, entry)
    except BROKEN as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(
            f"{path.name} is not a {kind} file or is damaged; open it and save it again as {kind}."
        ) from error


def _check_declared(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise BadInput(f"{path.name} holds {len(entries)} parts; at most 2,000 are read.")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_BYTES:
        raise BadInput(
            f"{path.name} would unpack to {total // 1_000_000} MB; at most 200 are read."
        )
    for entry in entries:
        if entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise BadInput(
                f"{path.name} is packed more than {MAX_RATIO} times over, as a harmful file is; "
                "open it and save it again."
            )
        if _escapes(entry.filename):
            raise BadInput(
                f"{path.name} holds a part with an unsafe name; open it and save it again."
            )


def _escapes(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/"))
    return parts.is_absolute() or ".." in parts.parts or ":" in name.split("/")[0]


def _check_content(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    before = b""
    for chunk in _chunks(archive, entry):
        if is_xml and any(mark in before + chunk for mark in DOCTYPES):
            raise BadInput(
                f"{path.name} declares a document type, which no ordinary file does; "
                "open it and save it again."
            )
        before = chunk[-OVERLAP:]


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    # The reader stops at the declared length and then fails on the checksum, so what was declared
    # is also the most that is ever unpacked.
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            yield chunk
