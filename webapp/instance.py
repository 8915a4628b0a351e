"""The instance folder: its secret key, its catalogue and its study files."""

import os
import threading
from pathlib import Path

from sqlite_utils import Database

from coding.errors import BadInput, NotFound
from linkage.areas import check_key
from linkage.scope import Scope
from linkage.sqlite import read_only
from linkage.study import open_study, prepare_study, read_study

from .catalogue import Catalogue, prepare_catalogue
from .people import People
from .secret_key import read_key
from .writer import Writer


class Instance:
    """One folder of studies; a process has one writer a file and one reader a thread and file."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        for folder in (self.path, self.path / "studies"):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = threading.Lock()
        self._writers: dict[Path, Writer] = {}
        self._readers = threading.local()
        prepare_catalogue(self.catalogue_path).close()
        self.catalogue = Catalogue(self)
        self.people = People(self)

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

    @staticmethod
    def no_study(key: str) -> str:
        """Say that there is no such study; whoever may not see one is told the same."""
        return f"There is no study “{key[:64]}” here; “coproduce study list” shows them."

    def new_study(self, key: str, name: str) -> Path:
        """Make an empty study file and list it in the catalogue."""
        path = self.path / "studies" / f"{check_key(key, 'a study')}.db"
        if not name.strip():
            raise BadInput("A study needs a name.")
        if path.exists():
            raise BadInput(f"There is already a study “{key}”; choose another key.")
        prepare_study(path, name.strip()).close()
        self.catalogue.list_study(key, name.strip())
        return path

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
        """Stop the writers after what they have been given."""
        with self._lock:
            for writer in self._writers.values():
                writer.close()
            self._writers.clear()
