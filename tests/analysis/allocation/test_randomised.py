"""Randomisation inference repeats what was recorded: its blocks, clusters and batches."""

from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sqlite_utils import Database

from analysis.allocation import allocate
from analysis.blocks import read_blocks
from analysis.randomisation import randomisation_test
from analysis.randomisation.arrangements import drawn, generator
from analysis.randomisation.wave import prepare
from analysis.randomised import mechanism_notes, recorded_mechanism
from analysis.responses import load_responses
from analysis.stored_allocation import store_allocation
from linkage.study import writing
from linkage.survey import import_survey

MAPPING = """
respondent = "id"
area = "place"
strata = ["age"]
[arm]
column = "group"
labels = { none = ["none"], A = ["A"] }
[[outcome]]
key = "hours"
column = "h"
issue = "health"
scale = "hours"
measure = "hours_willing_with_others"
"""
ARMS = ("none", "A")


def sampled(people: int = 40) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    number = np.arange(people)
    return pd.DataFrame(
        {
            "id": [f"r{i:02d}" for i in number],
            "place": np.where(number < people // 2, "east", "west"),
            "age": np.where(number % 4 < 2, "young", "old"),
            "h": rng.poisson(3, people),
        }
    )


def answer(db: Database, folder: Path, frame: pd.DataFrame, allocated: pd.DataFrame) -> None:
    arms = allocated.set_index("respondent")["arm"]
    file = folder / "answers.csv"
    frame.assign(group=frame["id"].map(arms), age="as answered").to_csv(file, index=False)
    import_survey(db, "1", file, MAPPING, actor="ana")


def permuted(db: Database, draws: int = 60) -> tuple[pd.DataFrame, list[np.ndarray], list]:
    """The frame of the answers, and the arms of its units in redrawn allocations, by block."""
    frame, design = load_responses(db, 1)
    blocks = next(read_blocks(frame, design))
    wave = prepare(blocks, design, list(design.outcomes), design.contrasts(), [], False)
    source = drawn(wave.units, draws, lambda chunk: generator(1, 0, 0, chunk))
    return blocks.frame, source(0), wave.units


def test_inference_permutes_within_the_blocks_that_were_recorded(
    study: Database, tmp_path: Path
) -> None:
    frame = sampled()
    allocated, receipt = allocate(frame, ["place", "age"], ARMS, 1)
    with writing(study, "test", "allocate"):
        store_allocation(study, 1, allocated, receipt, {"east": 1, "west": 2}, date(2026, 5, 12))
    answer(study, tmp_path, frame, allocated)
    seen, codes, units = permuted(study)
    assert load_responses(study, 1)[1].strata == ("block",)
    recorded = allocated.set_index("respondent")["block"]
    where = [set(recorded[seen["respondent"].iloc[unit.rows]]) for unit in units]
    assert sorted(map(sorted, where)) == [
        ["east / old"], ["east / young"], ["west / old"], ["west / young"]
    ]  # fmt: skip
    for drawn_arms in codes:
        assert (drawn_arms.sum(axis=1) == 5).all()
        assert len({row.tobytes() for row in drawn_arms}) > 1


def test_inference_permutes_whole_clusters_where_these_were_recorded(
    study: Database, tmp_path: Path
) -> None:
    frame = sampled()
    listed = frame.assign(home=[f"h{i // 2:02d}" for i in range(40)])
    allocated, receipt = allocate(listed, ["place"], ARMS, 2, cluster="home")
    with writing(study, "test", "allocate"):
        store_allocation(study, 1, allocated, receipt, {"east": 1, "west": 2}, date(2026, 5, 12))
    answer(study, tmp_path, frame, allocated)
    _, codes, units = permuted(study)
    assert load_responses(study, 1)[1].cluster == "cluster_allocated"
    assert [len(unit.arm) for unit in units] == [10, 10]
    assert all((drawn_arms.sum(axis=1) == 5).all() for drawn_arms in codes)


def test_small_blocks_are_enumerated_as_they_were_recorded(study: Database, tmp_path: Path) -> None:
    frame = sampled(16)
    allocated, receipt = allocate(frame, ["place", "age"], ARMS, 1)
    with writing(study, "test", "allocate"):
        store_allocation(study, 1, allocated, receipt, {"east": 1, "west": 2}, date(2026, 5, 12))
    answer(study, tmp_path, frame, allocated)
    answers, design = load_responses(study, 1)
    found = randomisation_test(answers, design, draws=5_000)
    assert found.set_index("area")["draws"].to_dict() == {"east": 36, "west": 36, "pooled": 1296}


def test_answers_that_came_with_arms_say_what_is_supposed(study: Database, tmp_path: Path) -> None:
    frame = sampled()
    answer(study, tmp_path, frame, allocate(frame, ["place"], ARMS, 1)[0])
    assert recorded_mechanism(study, 1) is None
    assert load_responses(study, 1)[1].strata == ("age",)
    assert mechanism_notes(study, 1)[0].endswith("complete randomisation within area and age.")


def test_who_answers_elsewhere_is_analysed_where_they_were_allocated(
    study: Database, tmp_path: Path
) -> None:
    frame = sampled()
    allocated, receipt = allocate(frame, ["place"], ARMS, 1)
    with writing(study, "test", "allocate"):
        store_allocation(study, 1, allocated, receipt, {"east": 1, "west": 2}, date(2026, 5, 12))
    moved = frame.assign(place=["west", *frame["place"][1:]])
    answer(study, tmp_path, moved, allocated)
    answers = load_responses(study, 1)[0]
    assert answers["area_reported"].value_counts().to_dict() == {"west": 21, "east": 19}
    assert Counter(answers["area"]) == Counter(answers["area_id"].map({1: "east", 2: "west"}))
    assert answers["area"].value_counts().to_dict() == {"east": 20, "west": 20}
    assert mechanism_notes(study, 1) == [
        "Randomisation inference repeats the allocation recorded here: respondents at random "
        "within place."
    ]
    with pytest.raises(ValueError, match="exactly these answers"):
        answer(study, tmp_path, moved, allocated)
