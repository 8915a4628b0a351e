"""The instance folder: its secret key, its catalogue and its study files."""

import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from coding.checks import check_name
from coding.errors import BadInput, NotFound
from linkage.areas import check_key
from linkage.scope import Scope
from linkage.sqlite import read_only, sqlite3
from linkage.study import open_study, prepare_study, read_study

from .anchors import drop_anchor
from .catalogue import Catalogue, prepare_catalogue
from .people import People
from .secret_key import read_key
from .writer import Writer

KEPT_FOR = 24 * 3600


def put_in_place(draft: Path, path: Path) -> None:
    """Move a finished file to where it is looked for; raises FileExistsError where one stands."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    draft.replace(path)


def sweep(folder: Path) -> None:
    """Remove what a stopped process left half-made a day ago or earlier."""
    for left in folder.glob("*"):
        if time.time() - left.stat().st_mtime > KEPT_FOR:
            shutil.rmtree(left, ignore_errors=True)


class Instance:
    """One folder of studies; a process has one writer a file and one reader a thread and file."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock = threading.Lock()
        self._writers: dict[Path, Writer] = {}
        self._readers = threading.local()
        self._prepare()
        self.catalogue = Catalogue(self)
        self.people = People(self)

    def _prepare(self) -> None:
        try:
            for folder in (self.path, self.path / "studies"):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            prepare_catalogue(self.catalogue_path).close()
        except (OSError, sqlite3.DatabaseError) as error:
            reason = getattr(error, "strerror", None) or error
            raise BadInput(
                f"{self.path} cannot be the folder of studies ({reason}); name another."
            ) from error

    @classmethod
    def at(cls, path: str | Path | None) -> "Instance":
        """Open the folder named, or COPRODUCE_INSTANCE, or ./instance."""
        return cls(Path(path or os.environ.get("COPRODUCE_INSTANCE") or "instance"))

    @property
    def catalogue_path(self) -> Path:
        return self.path / "catalogue.db"

    def secret_key(self) -> str:
        """Return the key that signs cookies; raises BadInput where it is not a secret."""
        return read_key(self.path / "secret_key")

    def study_path(self, key: str) -> Path:
        """Return where a study's file stands; raises NotFound where there is none."""
        path = self.path / "studies" / f"{check_key(key, 'a study')}.db"
        if not path.exists():
            raise NotFound(self.no_study(key))
        return path

    def key_path(self, key: str) -> Path:
        """Return where the key to a study's pseudonyms is kept, whether it is there or not."""
        return self.path / "keys" / f"{check_key(key, 'a study')}.db"

    @staticmethod
    def no_study(key: str) -> str:
        """Say that there is no such study; whoever may not see one is told the same."""
        return f"There is no study “{key[:64]}” here; “coproduce study list” shows them."

    def new_study(self, key: str, name: str) -> Path:
        """Make an empty study file and list it in the catalogue."""
        name = check_name(name, "a study")
        with self.building(key) as draft:
            prepare_study(draft, name).close()
        self.catalogue.list_study(key, name)
        return self.study_path(key)

    @contextmanager
    def building(self, key: str) -> Iterator[Path]:
        """Give a private place to build a study's file, put in its own at the end or not at all."""
        path = self.path / "studies" / f"{check_key(key, 'a study')}.db"
        if path.exists():
            raise BadInput(f"There is already a study “{key}”; choose another key.")
        sweep(self.path / "building")
        folder = self.path / "building" / secrets.token_hex(8)
        folder.mkdir(parents=True, mode=0o700)
        try:
            yield folder / path.name
            put_in_place(folder / path.name, path)
        except FileExistsError:
            raise BadInput(f"There is already a study “{key}”; choose another key.") from None
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def writer(self, path: Path) -> Writer:
        """Return the one writer of a file, starting it at first use."""
        with self._lock:
            if path not in self._writers:
                recorded = path != self.catalogue_path
                open_file = open_study if recorded else prepare_catalogue
                self._writers[path] = Writer(path, open_file, recorded=recorded)
            return self._writers[path]

    def reader(self, path: Path) -> Database:
        """Return this thread's read-only connection to a file."""
        kept: dict[Path, Database] = self._readers.__dict__.setdefault("kept", {})
        if path not in kept:
            self.writer(path)  # its connection prepares the file and keeps the WAL in place
            kept[path] = read_study(path) if path != self.catalogue_path else read_only(path)
        return kept[path]

    def limited_reader(self, path: Path, scope: Scope) -> Database:
        """Return a read-only connection of its own that holds only what a scope does."""
        self.writer(path)
        return read_study(path, scope)

    def close(self) -> None:
        """Note where each history ends, and stop the writers after what they have been given."""
        try:
            for path in [path for path in self._writers if path != self.catalogue_path]:
                drop_anchor(self, path)
        finally:
            with self._lock:
                for writer in self._writers.values():
                    writer.close()
                self._writers.clear()
