"""Read a file in a process of its own: a damaged one can crash its reader, or swell without end."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .errors import BadInput

SECONDS = 120
MEMORY = 3 * 2**30
REFUSED = 3  # the exit code that says: what follows is a sentence
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def read_apart(path: Path) -> Any:
    """Return what a file's reader returns; raises BadInput where it says so or does not end."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", "analysis.apart", str(path.resolve())],
            cwd=Path(__file__).parents[1],  # so that the child finds this package
            env=os.environ | ONE_THREAD,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BadInput(
            f"{path.name} was not read within {SECONDS} seconds; save it as CSV and try again."
        ) from error
    if child.returncode == REFUSED:
        raise BadInput(child.stdout.decode())
    if child.returncode:
        raise BadInput(f"{path.name} is damaged or too large to read; save it as CSV instead.")

    from .wire import unpack

    return unpack(child.stdout)


def _read(path: Path) -> tuple[bytes, int]:
    from .survey_files import READERS
    from .wire import pack

    try:
        return pack(READERS[path.suffix.lower()](path)), 0
    except BadInput as error:
        return str(error).encode(), REFUSED


def _limit() -> None:
    """Bound the memory of this process, where the system lets one."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit()
    content, code = _read(Path(sys.argv[1]))
    sys.stdout.buffer.write(content)
    sys.stdout.flush()
    sys.exit(code)
