"""Fifty coders at two changes a second, ten readers and a job, for two minutes.

Once the job is an analysis, estimating all effects of a survey as often as it can; once it is the
import of that survey again and again, which writes to the same file as the coders.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np
import pandas as pd

from webapp.jobs import ONE_THREAD

from .beside_taguette import codings
from .clients import ROOT, Order, Told, result, start
from .pilot import Pilot, talk

CODERS, CHANGES_A_SECOND = 50, 2.0
READERS, PAGES_A_SECOND = 10, 0.2
TRANSCRIPTS = 10
ROWS, OUTCOMES = 4000, 9
ARMS = ["none", "A", "B", "A+B"]
IMPORTING = "from webapp.jobs import main; main()"
ANALYSING = """
import os, sys
from linkage.study import read_study
from linkage.survey import effects
os.nice(19)
while True:
    effects(read_study(sys.argv[1]), "1")
    print("done", flush=True)
"""


def main(seconds: float = 120.0) -> None:
    side = Pilot(talk(), transcripts=TRANSCRIPTS)
    try:
        orders = [_survey_order(side.folder, side.file, seed) for seed in (1, 2)]
        _import(orders[1])
        _measure(side, seconds, 1, lambda ended: _analyse(side, ended))
        _measure(side, seconds, 2, lambda ended: _import_again_and_again(orders, ended))
    finally:
        side.stop()


def _measure(
    side: Pilot, seconds: float, seed: int, work: Callable[[threading.Event], None]
) -> None:
    ended = threading.Event()
    job = threading.Thread(target=work, args=(ended,))
    job.start()
    try:
        writing = start(_paced(codings(side)(CODERS, seed), CHANGES_A_SECOND, seconds))
        reading = start(_paced(_desks(side), PAGES_A_SECOND, seconds))
        _show(f"{CODERS} coders, a change every {1 / CHANGES_A_SECOND:g} s", result(writing))
        _show(f"{READERS} readers, the desk every {1 / PAGES_A_SECOND:g} s", result(reading))
    finally:
        ended.set()
        job.join()


def _desks(side: Pilot) -> Order:
    paths = tuple(f"/studies/pilot/transcripts/{number}/" for number in side.transcripts)
    return Order(side.port, READERS, 0, side.headers, reads_each=paths)


def _paced(order: Order, pace: float, seconds: float) -> Order:
    return Order(**{**vars(order), "pace": pace, "seconds": seconds})


def _show(label: str, told: Told) -> None:
    print(
        f"  {label:<36} {told.rate:>6.1f} a second, p50 {told.p(50):.1f} ms, p95 {told.p(95):.1f} "
        f"ms, p99 {told.p(99):.1f} ms, longest {max(told.waits) * 1000:.0f} ms, "
        f"{sum(told.errors.values())} errors {told.errors or ''}"
    )


def _analyse(side: Pilot, ended: threading.Event) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", ANALYSING, str(side.file)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | ONE_THREAD,
    )
    ended.wait()
    child.kill()
    told, _ = child.communicate()
    print(f"  the job: {OUTCOMES} outcomes of {ROWS:,} rows estimated {told.count('done')} times")


def _import_again_and_again(orders: list[dict[str, object]], ended: threading.Event) -> None:
    times = 0
    while not ended.is_set():
        _import(orders[times % 2])
        times += 1
    print(f"  the job: a survey of {ROWS:,} rows imported {times} times")


def _import(order: dict[str, object]) -> None:
    """Run the job that imports a survey as the server runs it."""
    child = subprocess.run(
        [sys.executable, "-c", IMPORTING],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | ONE_THREAD,
    )
    last = json.loads(child.stdout.splitlines()[-1])
    assert last["state"] == "done", last


def _survey_order(folder: Path, study: Path, seed: int) -> dict[str, object]:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"id": np.arange(ROWS), "arm": rng.choice(ARMS, ROWS)})
    labels = ", ".join(f'"{arm}" = ["{arm}"]' for arm in ARMS)
    lines = ['respondent = "id"', "[arm]", 'column = "arm"', f"labels = {{ {labels} }}"]
    for number in range(OUTCOMES):
        frame[f"hours{number}"] = rng.poisson(3, ROWS)
        lines += ["[[outcome]]", f'key = "hours{number}"', f'column = "hours{number}"']
        lines += ['issue = "health"', 'measure = "hours_willing_alone"', 'scale = "hours"']
    frame.to_csv(folder / f"wave{seed}.csv", index=False)
    arguments = {
        "wave_key": "1",
        "path": str(folder / f"wave{seed}.csv"),
        "mapping_toml": "\n".join(lines),
        "actor": "bench",
        "area": "east",
        "replace": True,
    }
    return {"task": "import survey", "study": str(study), "arguments": arguments}


@click.command(help=__doc__)
@click.option("--seconds", default=120.0, show_default=True)
def command(seconds: float) -> None:
    print(__doc__)
    main(seconds)


if __name__ == "__main__":
    command()
