"""The processor time of a process and its descendants, where /proc tells it."""

import os
from pathlib import Path

PROC = Path("/proc/self/stat").exists()


def family(root: int) -> list[int]:
    """List a process and all its descendants."""
    parents = {pid: int(fields[1]) for pid, fields in _processes()}
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def processor_seconds(root: int) -> float:
    """Return the seconds of a process and all its descendants; 0 where nothing tells them."""
    if not PROC:
        return 0.0
    ours = set(family(root))
    ticks = sum(int(f[11]) + int(f[12]) for pid, f in _processes() if pid in ours)
    return ticks / os.sysconf("SC_CLK_TCK")


def _processes() -> list[tuple[int, list[str]]]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            found.append((int(entry.parent.name), entry.read_text().rpartition(")")[2].split()))
        except OSError:
            continue  # it ended meanwhile
    return found
