"""Answers of two waves that have everything tables and figures of time need."""

from pathlib import Path

import numpy as np
import pandas as pd
from flask import Flask

from linkage import areas
from linkage.survey import import_survey

ARMS = ("none", "A", "B", "A+B")
ITEMS = {
    "did_alone": ("done_individually", "binary", "before", "past"),
    "did_groups": ("done_in_groups", "binary", "before", "past"),
    "gave_alone": ("hours_given_alone", "hours", "before", "past"),
    "gave_others": ("hours_given_with_others", "hours", "after", "past"),
    "willing": ("hours_willing_alone", "hours", "after", "future"),
    "belief": ("difference_citizens_make", "ordinal", "after", "present"),
}
HEAD = """
respondent = "id"
area = "place"
weight = "w"
[arm]
column = "arm"
labels = { none = ["none"], A = ["A"], B = ["B"], "A+B" = ["A+B"] }
[[covariate]]
column = "age"
"""
MAPPING = HEAD + "".join(
    f'[[outcome]]\nkey = "{key}"\ncolumn = "{key}"\nissue = "health"\nmeasure = "{measure}"\n'
    f'scale = "{scale}"\nasked = "{asked}"\nrefers_to = "{refers}"\n'
    for key, (measure, scale, asked, refers) in ITEMS.items()
)


def answers(n: int = 400, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"id": [f"r{i}" for i in range(n)]})
    frame["place"] = np.where(np.arange(n) % 2 == 0, "east", "west")
    frame["arm"] = rng.choice(ARMS, n)
    frame["w"] = rng.uniform(0.5, 2, n).round(3)
    frame["age"] = rng.choice(["18 to 34", "35 to 64", "65 and over"], n)
    for key in ("did_alone", "did_groups"):
        frame[key] = rng.integers(0, 2, n)
    for key in ("gave_alone", "gave_others", "willing"):
        frame[key] = np.where(rng.random(n) < 0.5, rng.gamma(2, 2, n).round(1), 0)
    frame["belief"] = rng.integers(1, 6, n).astype(object)
    frame.loc[:4, "belief"] = None
    return frame


def store_wave(app: Flask, folder: Path, wave: str = "1", frame: pd.DataFrame | None = None) -> int:
    """Import a wave and add the next; returns the next wave's number."""
    file = folder / f"wave-{wave}.csv"
    (answers() if frame is None else frame).to_csv(file, index=False)
    place = app.extensions["coproduce"]
    path = place.study_path("pilot")
    from linkage.study import open_study

    db = open_study(path)
    import_survey(db, wave, file, MAPPING, actor="test")
    db.close()
    later = str(int(wave) + 1)
    added: int = place.writer(path).submit(
        lambda db: areas.add_wave(db, later, f"Wave {later}"), actor="test", action="add"
    )
    return added
