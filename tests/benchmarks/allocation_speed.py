"""Allocating a frame of 100,000 rows: drawn, stored, read again, beside a plain loop in pandas."""

import io
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from analysis.allocation import allocate, verify
from analysis.balance import as_covariates, balance_by_place
from analysis.design import Design
from analysis.randomised import recorded_mechanism
from linkage import areas
from linkage.allocating import Asked, arm_files, check_allocation, draw, store
from linkage.study import prepare_study, writing

from .timing import compare, seconds, show

ROWS, AREAS = 100_000, ("east", "west", "north", "south")
ARMS = ("none", "A", "B", "A+B")


def _frame() -> pd.DataFrame:
    rng, home = np.random.default_rng(1), np.arange(ROWS) // 2
    return pd.DataFrame(
        {
            "id": [f"R{i:06d}" for i in rng.permutation(ROWS)],
            "area": np.asarray(AREAS, dtype=object)[home % 4],
            "band": np.asarray(["18-34", "35-64", "65+"], dtype=object)[home % 3],
            "home": home,
            "age": rng.integers(18, 90, ROWS),
            "income": rng.normal(30, 9, ROWS),
        }
    )


def _by_pandas(frame: pd.DataFrame) -> pd.Series:
    """What people write: shuffle each block's rows and deal the arms out; no receipt."""
    return frame.groupby(["area", "band"])["id"].transform(
        lambda ids: np.random.default_rng(1).permutation(np.resize(np.asarray(ARMS), len(ids)))
    )


def main() -> None:
    frame = _frame()
    within = ["area", "band"]
    ours = show(
        "allocate 100,000 respondents in 12 blocks, with receipt",
        seconds(lambda: allocate(frame, within, ARMS, 1), 3),
    )
    shares = [2, 1, 1, 1]
    show(
        "… 50,000 households whole, shares 2:1:1:1",
        seconds(lambda: allocate(frame, within, ARMS, 1, cluster="home", shares=shares), 3),
    )
    theirs = show("plain deal in pandas, nothing checked", seconds(lambda: _by_pandas(frame), 3))
    compare(ours, theirs, "(below 1: reading, checking, hashing cost more than the draw)")
    allocated, receipt = allocate(frame, within, ARMS, 1)
    show("check against the receipt", seconds(lambda: verify(frame, receipt), 3))
    _balance(frame, allocated)
    with TemporaryDirectory() as folder:
        _stored(frame, Path(folder) / "study.db")


def _balance(frame: pd.DataFrame, allocated: pd.DataFrame) -> None:
    covariates, names = as_covariates(frame, ["age", "income"])
    both = allocated.drop(columns=["band"]).merge(
        covariates.assign(respondent=frame["id"]), on="respondent"
    )
    design = Design("area", "arm", [], strata=["block"], covariates=names)
    show("balance, 200 draws", seconds(lambda: balance_by_place(both, design, 200), 1))


def _stored(frame: pd.DataFrame, path: Path) -> None:
    db = prepare_study(path, "Benchmark")
    with writing(db, "bench", "set up"):
        for key in AREAS:
            areas.add_area(db, key, key)
        areas.add_wave(db, "1")
    drawn = draw(db, frame, Asked("1", ("area", "band"), ARMS, 1))
    start = time.perf_counter()
    with writing(db, "bench", "allocate", kind="fixed"):
        store(db, drawn)
    show("store it: the one write, which others wait for", [time.perf_counter() - start])
    show("read the recorded mechanism", seconds(lambda: recorded_mechanism(db, 1), 3))
    show("check it in the study", seconds(lambda: check_allocation(db, "1", frame), 1))
    made: list[bytes] = []
    show("one file an arm as a zip", seconds(lambda: made.append(arm_files(db, "1", "bench")), 1))
    with zipfile.ZipFile(io.BytesIO(made[0])) as parts:
        size = sum(part.file_size for part in parts.infolist())
    print(f"  {len(made[0]) / 1e6:.1f} MB zipped, {size / 1e6:.1f} MB in the files")
    db.close()
