"""A survey file into a wave: areas and issues made or refused, and effects as R gives them."""

from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils import Database

from linkage import areas
from linkage.study import writing
from linkage.survey import effects, import_survey
from linkage.waves import allocate_wave

MAPPING = """
respondent = "id"
area = "place"
[arm]
column = "group"
labels = { none = ["c"], A = ["a"], B = ["b"], "A+B" = ["ab"] }
[[outcome]]
key = "hours"
column = "h"
issue = "health"
scale = "hours"
measure = "hours_willing_with_others"
"""
CAI = """
area = "village"
[nudge_a]
column = "default"
given = [1]
not_given = [0]
[nudge_b]
column = "intensive"
given = [1]
not_given = [0]
[[outcome]]
key = "takeup"
column = "takeup_survey"
issue = "insurance"
measure = "take_up"
scale = "binary"
"""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    arms = ["c", "a", "b", "ab"]
    rows = [(i, ["east", "West"][i % 2], arms[i // 2 % 4], (i * 7) % 11) for i in range(80)]
    path = tmp_path / "answers.csv"
    pd.DataFrame(rows, columns=["id", "place", "group", "h"]).to_csv(path, index=False)
    return path


def test_a_file_becomes_the_answers_of_the_only_wave(study: Database, answers: Path) -> None:
    seen: list[tuple[int, int]] = []
    stored = import_survey(
        study, None, answers, MAPPING, actor="ana", progress=lambda *at: seen.append(at)
    )
    assert (stored["wave"], stored["rows"], seen[-1]) == ("1", 80, (80, 80))
    found = effects(study)
    assert set(found["area"]) == {"east", "west", "pooled"}
    assert set(effects(study, by="pooled")["area"]) == {"pooled"}
    assert len(effects(study, "1", "hours", by="area")) == 2 * 9


def test_effects_of_an_unknown_outcome_or_of_no_answers_are_refused(
    study: Database, answers: Path
) -> None:
    with pytest.raises(ValueError, match="no answers yet"):
        effects(study)
    import_survey(study, None, answers, MAPPING, actor="ana")
    with pytest.raises(ValueError, match="there are: hours"):
        effects(study, outcome="days")


def test_unknown_areas_and_issues_are_refused_and_nothing_is_stored(
    study: Database, answers: Path
) -> None:
    text = answers.read_text(encoding="utf-8").replace("West", "North")
    answers.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="North"):
        import_survey(study, "2", answers, MAPPING, actor="ana")
    mapping = MAPPING.replace('"health"', '"insurance"')
    with pytest.raises(ValueError, match="“insurance” is unknown.*health, safety, environment"):
        import_survey(study, "2", answers, mapping, actor="ana", area="east")
    assert [wave["key"] for wave in areas.waves(study)] == ["1"]
    stored = import_survey(study, "2", answers, mapping, actor="ana", create_areas=True)
    assert stored["wave"] == "2"
    assert [area["key"] for area in areas.areas(study)] == ["east", "west", "north"]
    assert areas.find_issue(study, "insurance")["name"] == "Insurance"


def test_one_area_for_the_whole_file(study: Database, answers: Path) -> None:
    mapping = MAPPING.replace('area = "place"\n', "")
    import_survey(study, None, answers, mapping, actor="ana", area="East")
    assert set(effects(study)["area"]) == {"east"}
    with pytest.raises(LookupError, match="there are: east, west"):
        import_survey(study, None, answers, mapping, actor="ana", area="North")


def test_one_area_is_all_there_is_to_pool(study: Database, answers: Path) -> None:
    import_survey(study, None, answers, MAPPING, actor="ana", area="east")
    (pooled,) = effects(study, by="pooled").query("contrast == 'A alone'").to_dict("records")
    (alone,) = effects(study).query("contrast == 'A alone'").to_dict("records")
    assert (pooled["area"], alone["area"]) == ("pooled", "east")
    assert pooled["estimate"] == alone["estimate"]


def test_refused_replacement_leaves_no_new_areas(study: Database, answers: Path) -> None:
    import_survey(study, None, answers, MAPPING, actor="ana")
    text = answers.read_text(encoding="utf-8").replace("West", "North")
    answers.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="answers already"):
        import_survey(study, None, answers, MAPPING, actor="ana", create_areas=True)
    assert len(areas.areas(study)) == 2
    import_survey(study, None, answers, MAPPING, actor="ana", create_areas=True, replace=True)
    assert set(effects(study)["area"]) == {"east", "north", "pooled"}


def test_the_allocated_arm_is_analysed(study: Database, answers: Path) -> None:
    frame = pd.read_csv(answers, dtype=str)
    with writing(study, "ana", "allocate"):
        allocated = allocate_wave(study, "1", frame, ["place"], ["none", "A", "B", "A+B"], 7)
    stored = import_survey(study, "1", answers, MAPPING, actor="ana")
    assert any("alloc" in sentence for sentence in stored["report"])
    counts = allocated[allocated["place"] == "east"]["arm"].value_counts()
    (row,) = (
        effects(study, by="area")
        .query("area == 'east' and contrast == 'A alone'")
        .to_dict("records")
    )
    assert row["n_A"] == counts["A"]


def test_real_two_by_two_as_one_area_and_by_village(study: Database, shared: Path) -> None:
    # METHODS.md, "Reference values", cai2015: computed in R (estimatr 1.0.0).
    path = shared / "data/survey/Cai_2015.csv"
    import_survey(
        study, "one", path, CAI.replace('area = "village"\n', ""), actor="ana",
        area="China", create_areas=True,
    )  # fmt: skip
    found = effects(study, "one").set_index("contrast")
    for name, estimate, error in (
        ("A alone", 0.107921, 0.037114),
        ("B alone", 0.003755, 0.036574),
        ("A x B interaction", -0.004630, 0.052958),
    ):
        assert found.loc[name, "estimate"] == pytest.approx(estimate, abs=5e-7)
        assert found.loc[name, "std_error"] == pytest.approx(error, abs=5e-7)


def test_real_two_arms_blocked_by_village(study: Database, shared: Path) -> None:
    # METHODS.md, "Reference values", cai2015, two arms on `intensive`, blocked by village.
    mapping = CAI.split("[nudge_a]", maxsplit=1)[0] + "[nudge_b]" + CAI.split("[nudge_b]")[1]
    path = shared / "data/survey/Cai_2015.csv"
    import_survey(study, "two", path, mapping, actor="ana", create_areas=True)
    (pooled,) = effects(study, by="pooled").to_dict("records")
    assert pooled["estimate"] == pytest.approx(0.010338, abs=5e-7)
    assert pooled["std_error"] == pytest.approx(0.026223, abs=5e-7)
    assert (pooled["df"], pooled["dropped_areas"]) == (1320, "lusikou")
