"""What one coding costs the server: processor time, and how often the disk is waited for."""

import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from .beside_taguette import codings
from .clients import drive
from .pilot import TURNS, Pilot, talk

FOR, ROUNDS = 4.0, 2
SMALL, LARGE = 129, 8400  # turns of 32 KB and 2 MB


def main() -> None:
    _processor_time()
    _waits_for_disk()


def processor_seconds(root: int) -> float:
    """Return the seconds of a process and all its descendants (needs /proc)."""
    parents, ticks = {}, {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        pid = int(entry.parent.name)
        parents[pid], ticks[pid] = int(fields[1]), int(fields[11]) + int(fields[12])
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(ticks[pid] for pid in family if pid in ticks) / os.sysconf("SC_CLK_TCK")


def _processor_time() -> None:
    if not Path("/proc/self/stat").exists():
        print("  (processor time of another process cannot be read here without /proc)")
        return
    sides = {"32 KB": Pilot(talk(SMALL)), "2 MB": Pilot(talk(LARGE))}
    try:
        for clients in (1, 50):
            found = {label: _costs(side, clients) for label, side in sides.items()}
            middle = {label: statistics.median(costs) for label, costs in found.items()}
            for label, costs in found.items():
                print(
                    f"  {clients:>2} clients, {label:>5} transcript: {middle[label]:.2f} ms of "
                    f"processor a coding ({min(costs):.2f} to {max(costs):.2f})"
                )
            print(f"  ratio: {middle['2 MB'] / middle['32 KB']:.2f} x the small transcript's")
    finally:
        for side in sides.values():
            side.stop()


def _costs(side: Pilot, clients: int) -> list[float]:
    costs = []
    for seed in range(ROUNDS):
        before = processor_seconds(side.server.pid)
        made = len(drive(codings(side)(clients, seed * 100 + clients)).waits)
        costs.append((processor_seconds(side.server.pid) - before) / made * 1000)
    return costs


def _waits_for_disk() -> None:
    if not shutil.which("strace"):
        print("  (waits for the disk not counted: strace is not here)")
        return
    side = Pilot(talk(TURNS))
    try:
        for clients in (1, 50):
            found = [_syncs(side, clients, seed) for seed in range(ROUNDS)]
            print(
                f"  {clients:>2} clients: {statistics.median(found):.2f} fdatasync a coding "
                f"({min(found):.2f} to {max(found):.2f})"
            )
    finally:
        side.stop()


def _syncs(side: Pilot, clients: int, seed: int) -> float:
    with tempfile.NamedTemporaryFile("r") as counts:
        watch = ["strace", "-f", "-c", "-S", "calls", "-e", "trace=fdatasync,fsync"]
        watch += ["-o", counts.name, *(f"-p{pid}" for pid in _family(side.server.pid))]
        tracer = subprocess.Popen(watch, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        made = len(drive(codings(side)(clients, seed * 100 + clients + 7)).waits)
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
        told = counts.read()
    calls = [line.split()[3] for line in told.splitlines() if line.endswith("sync")]
    return sum(map(int, calls)) / made


def _family(root: int) -> list[int]:
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = dict(map(int, line.split()) for line in told.stdout.splitlines())
    return [root, *(pid for pid, parent in parents.items() if parent == root)]


if __name__ == "__main__":
    print(__doc__)
    main()
