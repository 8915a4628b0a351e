"""The key that signs cookies: made at first start, and refused where others may know it."""

import os
import secrets
import stat
import tempfile
from pathlib import Path

from coding.errors import BadInput

SHORTEST = 32
# What examples and other projects ship; long ones by repetition are caught below.
KNOWN = ("dev", "secret", "changeme", "change-me", "password", "default", "test", "key", "example")
AGAIN = "remove the file, and the next start makes a new one (everybody signs in again)"


def read_key(file: Path) -> str:
    """Return the key, making it at first start; raises BadInput where it is not a secret."""
    if not file.exists():
        _make(file)
    # Refused, not mended: who could read it may have read it.
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise BadInput(f"{file.name} can be read by others on this machine; {AGAIN}.")
    try:
        key = file.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        key = ""
    if len(key) < SHORTEST:
        raise BadInput(f"{file.name} holds fewer than {SHORTEST} characters; {AGAIN}.")
    if _is_known(key):
        raise BadInput(f"{file.name} holds a key that anybody would try; {AGAIN}.")
    return key


def _is_known(key: str) -> bool:
    plain = "".join(letter for letter in key.casefold() if letter.isalnum())
    for word in KNOWN:
        plain = plain.replace(word.replace("-", ""), "")
    return len(set(plain)) < 8


def _make(file: Path) -> None:
    # Written in full before it has its name, so that a second process never reads half a key.
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".secret_key")
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secrets.token_hex(32))
    try:
        os.link(name, file)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
