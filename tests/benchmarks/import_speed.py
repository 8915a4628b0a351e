"""Importing a survey file, checks and all, beside pandas reading it and writing a bare table."""

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

AREAS = ("Aberdeen", "Bristol", "Cardiff", "Derby")
ARMS = ("none", "A", "B", "A+B")
ITEMS = 33


def frame_of(n: int, exact: bool = False) -> pd.DataFrame:
    """Forty columns: ids, area, arm, weight, household, age, sex and 33 items.

    Items are two fifths hours with a decimal and otherwise five answers, a twentieth missing;
    `exact`: all are numbers of seventeen digits, which takes a reader longest.
    """
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"id": [f"R{i:07d}" for i in range(1, n + 1)]})
    for name, labels in (("area", AREAS), ("arm", ARMS), ("sex", ("female", "male"))):
        frame[name] = np.asarray(labels, dtype=object)[rng.integers(0, len(labels), n)]
    frame["weight"] = np.round(rng.uniform(0.5, 2, n), 3)
    frame["household"] = rng.integers(1, n // 2 + 2, n)
    frame["age"] = rng.integers(18, 95, n)
    for i in range(ITEMS):
        hours = np.round(rng.exponential(3, n).clip(max=40), 1)
        answers = rng.integers(1, 6, n).astype(float) if i % 3 else hours
        answers = rng.normal(size=n) if exact else answers
        frame[f"q{i}"] = np.where(rng.random(n) < 0.05, np.nan, answers)
    return frame


def mapping() -> str:
    """All forty columns are used; a quarter of the items declare codes for no answer."""
    labels = ", ".join(f'"{arm}" = ["{arm}"]' for arm in ARMS)
    head = 'respondent = "id"\narea = "area"\nweight = "weight"\ncluster = "household"\n'
    head += f'[arm]\ncolumn = "arm"\nlabels = {{ {labels} }}\n'
    items = [
        f'[[outcome]]\nkey = "q{i}"\ncolumn = "q{i}"\nmeasure = "m{i}"\n'
        f'scale = "{"ordinal" if i % 3 else "hours"}"\n'
        + ("missing = [98, 99]\n" if i % 4 == 1 else "")
        for i in range(ITEMS)
    ]
    return (
        head + "".join(items) + "".join(f'[[covariate]]\ncolumn = "{c}"\n' for c in ("age", "sex"))
    )


def one(path: Path) -> None:
    """Import one file in this process and print what it took, as JSON."""
    from linkage.study import prepare_study
    from linkage.survey import import_survey

    told: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        db = prepare_study(Path(folder) / "study.db")
        wall, cpu = time.perf_counter(), time.process_time()
        stored = import_survey(
            db, "1", path, mapping(), actor="bench", create_areas=True,
            progress=lambda *_: told.append(time.perf_counter() - wall),
        )  # fmt: skip
        print(json.dumps(_taken(wall, cpu) | {"rows": stored["rows"], "told": len(told)}))


def bare(path: Path) -> None:
    """What pandas and the file's reader do without any check."""
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        if path.suffix == ".csv":
            frame = pd.read_csv(path)
        else:
            import pyreadstat

            frame = pyreadstat.read_sav(str(path))[0]
        with sqlite3.connect(Path(folder) / "bare.db") as db:
            frame.to_sql("answers", db, index=False)
        print(json.dumps(_taken(wall, cpu) | {"rows": len(frame)}))


def _taken(wall: float, cpu: float) -> dict[str, float]:
    """Seconds, and the largest memory of this process and of its largest child in GB."""
    mine, child = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu + child.ru_utime + child.ru_stime,
        "memory": mine.ru_maxrss / 2**20,
        "child": child.ru_maxrss / 2**20,
    }


def beside(path: Path) -> None:
    """Time both on one file, each in a process of its own."""
    size = path.stat().st_size / 2**20
    ours, theirs = (_apart(how, path) for how in ("--one", "--bare"))
    print(f"  {path.name} ({size:,.0f} MB, {ours['rows']:,} x {ITEMS + 7}):")
    print(
        f"    imported: {ours['wall']:.1f} s wall, {ours['cpu']:.1f} s processor, "
        f"{ours['memory']:.2f} GB and {ours['child']:.2f} GB in the reader's process, "
        f"progress told {ours['told']} times"
    )
    print(
        f"    pandas, unchecked: {theirs['wall']:.1f} s wall, {theirs['cpu']:.1f} s processor, "
        f"{theirs['memory']:.2f} GB; ratio {theirs['cpu'] / ours['cpu']:.2f} x in processor seconds"
    )


def _apart(how: str, path: Path) -> dict[str, float]:
    order = [sys.executable, "-m", "tests.benchmarks.import_speed", how, str(path)]
    told = subprocess.run(order, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def main(n: int = 100_000) -> None:
    import pyreadstat

    with tempfile.TemporaryDirectory() as folder:
        frame, there = frame_of(n), Path(folder)
        frame.to_csv(there / "survey.csv", index=False)
        pyreadstat.write_sav(frame, str(there / "survey.sav"))
        frame_of(n, exact=True).to_csv(there / "digits.csv", index=False)
        del frame
        for name in ("survey.csv", "survey.sav", "digits.csv"):
            beside(there / name)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--bare"]:
        bare(Path(sys.argv[2]))
    else:
        main(1_000_000 if "--large" in sys.argv else 100_000)
