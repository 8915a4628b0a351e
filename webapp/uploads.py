"""Uploads wait here, private to one person, between the page that shows and that which stores."""

import re
import secrets
import shutil
import time
from pathlib import Path
from typing import IO

from coding.errors import BadInput

from .instance import Instance

LONGEST = 120  # bytes; file systems take 255
KEPT_FOR = 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


def keep(instance: Instance, user_guid: str, name: str | None, stream: IO[bytes]) -> str:
    """Store an upload and return the token that finds it again."""
    sweep(instance)
    token = secrets.token_urlsafe(24)
    folder = _folder(instance, user_guid) / token
    folder.mkdir(parents=True, mode=0o700)
    file = folder / safe_name(name)
    file.touch(mode=0o600)
    with file.open("wb") as handle:
        shutil.copyfileobj(stream, handle)
    return token


def kept(instance: Instance, user_guid: str, token: str) -> Path:
    """Find a person's own upload; raises BadInput where it is gone."""
    folder = _folder(instance, user_guid) / token
    if TOKEN.fullmatch(token) and folder.is_dir():
        for file in folder.iterdir():
            return file
    raise BadInput("The uploaded file is no longer here; choose it again.")


def drop(instance: Instance, user_guid: str, token: str) -> None:
    """Remove an upload that has been stored or given up."""
    if TOKEN.fullmatch(token):
        shutil.rmtree(_folder(instance, user_guid) / token, ignore_errors=True)


def sweep(instance: Instance) -> None:
    """Remove what nobody came back for within a day."""
    for folder in (instance.path / "uploads").glob("*/*"):
        if folder.is_dir() and time.time() - folder.stat().st_mtime > KEPT_FOR:
            shutil.rmtree(folder, ignore_errors=True)


def safe_name(name: str | None) -> str:
    """Keep of a file's name what no file system minds."""
    last = re.split(r"[\\/]", name or "")[-1]
    clean = re.sub(r"[^\w .()+-]", "_", last).strip(" .")
    return clean.encode()[-LONGEST:].decode(errors="ignore").strip(" .") or "file"


def _folder(instance: Instance, user_guid: str) -> Path:
    return instance.path / "uploads" / user_guid
