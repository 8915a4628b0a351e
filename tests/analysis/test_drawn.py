"""What was drawn is kept under all that it follows from, and found again only for just that."""

import numpy as np
import pandas as pd
import pytest
from sqlite_utils import Database

from analysis.design import Design, Outcome
from analysis.drawn import MOST_KEPT, data_digest, find_drawn, keep_drawn, with_drawn
from analysis.effects import estimate_effects
from analysis.multiplicity import default_families
from analysis.randomisation import randomisation_test

DESIGN = Design("area", "arm", [Outcome("y", "", "m", "hours")], arms=["none", "A"])
FAMILIES = default_families(DESIGN.outcomes, DESIGN.contrasts())


def answers(seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    area, arm = rng.choice(["e", "w"], 90), rng.choice(["none", "A"], 90)
    return pd.DataFrame({"area": area, "arm": arm, "y": rng.normal(size=90)})


def digest(frame: pd.DataFrame, design: Design = DESIGN) -> str:
    return data_digest(frame, design, FAMILIES, design.contrasts())


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.assign(y=f["y"].where(f.index != 3, 9.0)),
        lambda f: f.assign(y=f["y"].where(f.index != 3)),
        lambda f: f.assign(arm=f["arm"].where(f.index != 3, "none" if f["arm"][3] == "A" else "A")),
        lambda f: f.assign(area=f["area"].replace("e", "x")),
        lambda f: f[::-1].reset_index(drop=True),
        lambda f: f[:-1],
    ],
    ids=["an answer", "a missing answer", "an arm", "an area's name", "the order", "one fewer"],
)
def test_whatever_a_draw_depends_on_changes_the_digest(change) -> None:
    assert digest(answers()) == digest(answers())
    assert digest(change(answers())) != digest(answers())


def test_what_was_drawn_stands_beside_the_effects_as_if_drawn_now() -> None:
    db = Database(memory=True)
    db.execute("CREATE TABLE wave (id INTEGER PRIMARY KEY)")
    db.execute("CREATE TABLE drawn_effects (key_sha256 TEXT PRIMARY KEY, serial INTEGER, wave_id"
               " INTEGER, data_sha256 TEXT, draws INTEGER, seed INTEGER, made_at TEXT,"
               " found TEXT)")  # fmt: skip
    frame = answers()
    found = randomisation_test(frame, DESIGN, draws=300, seed=4, families=FAMILIES)
    keep_drawn(db, 1, digest(frame), 300, 4, found)
    kept = find_drawn(db, 1, digest(frame))
    assert kept is not None
    assert (kept.draws, kept.seed) == (300, 4)
    told = with_drawn(estimate_effects(frame, DESIGN, draws=0), kept)
    expected = estimate_effects(frame, DESIGN, draws=300, seed=4)
    pd.testing.assert_frame_equal(told[expected.columns], expected, check_dtype=False)
    assert find_drawn(db, 1, digest(answers(2))) is None
    assert find_drawn(db, 2, digest(frame)) is None
    for seed in range(2 * MOST_KEPT):
        keep_drawn(db, 1, digest(frame), 300, seed, found)
    assert db.table("drawn_effects").count == MOST_KEPT
