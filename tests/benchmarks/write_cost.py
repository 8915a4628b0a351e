"""What one coding costs the server: processor time, and how often the disk is waited for."""

import shutil
import signal
import statistics
import subprocess
import tempfile
import time

from .beside_taguette import codings
from .clients import drive
from .pilot import TURNS, Pilot, talk
from .processor import PROC, family, processor_seconds

ROUNDS = 3
SMALL, LARGE = 129, 8400  # turns of 32 KB and 2 MB


def main() -> None:
    _processor_time()
    _waits_for_disk()


def _processor_time() -> None:
    if not PROC:
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
        watch += ["-o", counts.name, *(f"-p{pid}" for pid in family(side.server.pid))]
        tracer = subprocess.Popen(watch, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        made = len(drive(codings(side)(clients, seed * 100 + clients + 7)).waits)
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
        told = counts.read()
    calls = [line.split()[3] for line in told.splitlines() if line.endswith("sync")]
    return sum(map(int, calls)) / made


if __name__ == "__main__":
    print(__doc__)
    main()
