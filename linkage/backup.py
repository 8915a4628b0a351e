"""One whole study as one file, made by SQLite itself while others may be writing."""

import os
from pathlib import Path

from coding.errors import BadInput

from .sqlite import connect, sqlite3


def back_up(study: Path, file: Path) -> int:
    """Write a study file as it stands into a new file, for its owner's eyes; returns its bytes.

    Raises BadInput where the file exists, or cannot be written.
    """
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise BadInput(f"{file.name} exists already; name another file.") from None
    except OSError as error:
        raise BadInput(f"{file.name} cannot be written ({error.strerror}).") from error
    try:
        _vacuum_into(study, file)
    except sqlite3.OperationalError as error:
        file.unlink(missing_ok=True)
        raise BadInput(f"{file.name} could not be written ({error}); nothing was kept.") from error
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return file.stat().st_size


def _vacuum_into(study: Path, file: Path) -> None:
    # A connection of its own: on a read-only one SQLite refuses to write even another file.
    db = connect(study)
    try:
        db.execute("VACUUM INTO ?", [str(file)])
    finally:
        db.close()
