"""Waves of a panel: earlier answers beside later ones, what a replacement leaves, group members."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sqlite_utils import Database

from analysis.group_members import add_members, list_members, members, read_ids, remove_members
from analysis.replaced_imports import replaced_imports
from analysis.responses import find_import, load_responses, value_labels
from coding.errors import BadInput as BadWords
from linkage import areas
from linkage.backup import back_up
from linkage.check import check_study
from linkage.opening import open_elsewhere
from linkage.rewording import drop_derived
from linkage.study import open_study, writing
from linkage.survey import compare_survey, import_survey
from linkage.survey.answering import carried, dictionary, quality, response
from linkage.survey.panel import members_by_wave, with_earlier

MAPPING = """
respondent = "id"
area = "place"
[arm]
column = "g"
labels = { none = ["c"], A = ["a"] }
[[outcome]]
key = "h"
column = "h"
issue = "health"
scale = "hours"
missing = { 99 = "Refused" }
[[outcome]]
key = "s"
column = "s"
issue = "health"
scale = "ordinal"
labels = { 1 = "Bad", 2 = "Good" }
[[covariate]]
column = "sex"
"""


def file(folder: Path, name: str, first: int, last: int, **cells: dict[int, object]) -> Path:
    rows = [(f"r{i}", ["east", "west"][i % 2], "ca"[i // 2 % 2], i % 5, 1 + i % 2, "f")
            for i in range(first, last)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["id", "place", "g", "h", "s", "sex"])
    for column, changed in cells.items():
        for row, value in changed.items():
            frame.loc[row, column] = value
    frame.to_csv(folder / name, index=False)
    return folder / name


@pytest.fixture
def two(study: Database, tmp_path: Path) -> Database:
    with writing(study, "test", "wave"):
        areas.add_wave(study, "2", "Wave 2")
    import_survey(study, "1", file(tmp_path, "one.csv", 0, 80, h={3: 99}), MAPPING, actor="ana")
    import_survey(study, "2", file(tmp_path, "two.csv", 40, 100), MAPPING, actor="ana")
    return study


def test_earlier_answers_stand_beside_later_ones(two: Database) -> None:
    found = with_earlier(two, 2, 1).set_index("respondent")
    assert len(found) == 60
    assert found.loc["r45", ["h@1", "s@1", "arm@1"]].tolist() == [0, 2, "none"]
    assert found.loc["r90", ["h@1", "arm@1"]].isna().all()
    plain, _ = load_responses(two, 2)
    pd.testing.assert_frame_equal(found.reset_index()[plain.columns], plain)


def test_who_came_again_is_counted(two: Database) -> None:
    (one,) = carried(two, "2")
    assert one["wave"]["key"] == "1"
    assert one["counts"].set_index("arm").loc["all", ["before", "again"]].tolist() == [80, 40]
    assert carried(two, "1") == []


def test_labels_and_reasons_are_kept_with_the_import(two: Database) -> None:
    assert value_labels(two, 1) == {"s": {1.0: "Bad", 2.0: "Good"}}
    told = dictionary(two, "1").set_index(["key", "kind", "value"])
    assert told.loc[("h", "missing", "99"), ["label", "respondents"]].tolist() == ["Refused", 1]
    assert told.loc[("sex", "answer", "f"), "respondents"] == 80
    assert quality(two, "1").set_index("check").loc["partly answered", "flagged"] == 1


def test_response_of_a_wave_that_was_not_allocated_says_so(two: Database) -> None:
    found = response(two, "1", "s")
    assert not found.allocated
    assert "not known how many were asked" in found.notes[0]
    with pytest.raises(BadWords, match="There is no item “nope”; there are: h, s"):
        response(two, "1", "nope")
    with writing(two, "test", "wave"):
        areas.add_wave(two, "3")
    for of_wave in (response, dictionary, quality):
        with pytest.raises(BadWords, match="no answers yet"):
            of_wave(two, "3")


def test_a_replacement_is_told_beforehand_and_the_earlier_import_stays_recorded(
    two: Database, tmp_path: Path
) -> None:
    earlier = find_import(two, 1)
    assert earlier
    corrected = file(tmp_path, "corrected.csv", 2, 81, h={4: 40, 5: 41})
    told = compare_survey(two, "1", corrected, MAPPING)
    assert told
    assert str(told) == "1 respondents are new, 2 are gone, 3 answer otherwise"
    assert told.items.to_numpy().tolist() == [["h", "changed", 2, 1, 0]]
    assert find_import(two, 1) == earlier
    import_survey(two, "1", corrected, MAPPING, actor="bo", replace=True)
    (kept,) = replaced_imports(two, 1)
    same = ("file_name", "file_sha256", "mapping", "rows", "imported_at")
    assert [kept[name] for name in same] == [earlier[name] for name in same]
    assert (kept["imported_by"], kept["replaced_by"]) == ("ana", "bo")
    assert kept["difference"]["items"] == told.items.to_dict("records")
    assert two.table("missing_answer").count == 0
    assert check_study(two) == []


def test_comparing_with_a_wave_without_answers_gives_nothing(
    study: Database, tmp_path: Path
) -> None:
    path = file(tmp_path, "one.csv", 0, 80)
    assert compare_survey(study, "1", path, MAPPING) is None
    assert compare_survey(study, "9", path, MAPPING) is None


def test_group_members_are_marked_in_every_wave(two: Database) -> None:
    with writing(two, "ana", "list", kind="fixed"):
        assert add_members(two, ["r45", "r3", "elsewhere"], "ana") == 3
        assert add_members(two, ["r45"], "ana") == 0
    assert [load_responses(two, wave)[0]["group_member"].sum() for wave in (1, 2)] == [2, 1]
    assert [row["members"] for row in members_by_wave(two)] == [2, 1]
    with writing(two, "ana", "list", kind="fixed"):
        assert remove_members(two, ["r45", "nobody"]) == 1
    assert members(two) == {"r3", "elsewhere"}
    assert [row["respondent"] for row in list_members(two)] == ["elsewhere", "r3", "r45"]
    assert not load_responses(two, 2)[0]["group_member"].any()


def test_who_is_listed_stands_in_no_history(two: Database) -> None:
    with writing(two, "ana", "list", kind="fixed"):
        add_members(two, ["secret-7"], "ana")
    rows = two.execute("SELECT before, after FROM change_payload").fetchall()
    assert not any("secret-7" in str(row) for row in rows)


@pytest.mark.parametrize(
    ("text", "ids"),
    [("a\nb\n", ["a", "b"]), (" a , b;c\td\r\n", ["a", "b", "c", "d"]), ("\ufeff7\n7", ["7"])],
)
def test_ids_are_read_as_people_paste_them(text: str, ids: list[str]) -> None:
    assert read_ids(text) == ids


@pytest.mark.parametrize("text", ["", " ,\n", "x" * 300, "a\x00b"])
def test_what_is_no_list_of_ids_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ids|id;"):
        read_ids(text)


def test_an_old_import_without_items_is_described_without_words(two: Database) -> None:
    with writing(two, "test", "as before"):
        two.execute("DELETE FROM survey_item")
        two.execute("DELETE FROM missing_answer")
    found = dictionary(two, "1")
    assert value_labels(two, 1) == {}
    missing = found[(found["key"] == "h") & (found["kind"] == "missing")]
    assert missing["label"].tolist() == ["No answer (blank)", "missing"]
    assert np.isclose(missing["share"], 1 / 80).all()


def test_hiding_names_drops_neither_group_members_nor_reasons_for_no_answer(two: Database) -> None:
    with writing(two, "ana", "list", kind="fixed"):
        add_members(two, ["r45"], "ana")
        drop_derived(two)
    assert members(two) == {"r45"}
    assert two.table("missing_answer").count == 1


def elsewhere(folder: Path) -> Database:
    """Open a study's file as one from elsewhere."""
    back_up(folder / "study.db", folder / "taken.db")
    open_elsewhere(folder / "taken.db", folder / "opened.db", actor="bo")
    return open_study(folder / "opened.db")


def test_a_study_opened_elsewhere_has_meanings_members_and_earlier_imports(
    two: Database, tmp_path: Path
) -> None:
    import_survey(two, "1", file(tmp_path, "b.csv", 0, 79), MAPPING, actor="bo", replace=True)
    with writing(two, "ana", "list", kind="fixed"):
        add_members(two, ["r45"], "ana")
    there = elsewhere(tmp_path)
    assert value_labels(there, 1) == value_labels(two, 1)
    assert replaced_imports(there, 1) == replaced_imports(two, 1)
    assert members(there) == {"r45"}
    pd.testing.assert_frame_equal(dictionary(there, "1"), dictionary(two, "1"))
    there.close()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("survey_item", "labels", "[1]"),
        ("survey_item", "labels", '[["a", 1]]'),
        ("replaced_import", "difference", '{"new": "<b>"}'),
        ("replaced_import", "mapping", "= 1"),
    ],
)
def test_what_no_import_writes_is_not_opened(
    two: Database, tmp_path: Path, table: str, column: str, value: str
) -> None:
    import_survey(two, "1", file(tmp_path, "b.csv", 0, 79), MAPPING, actor="bo", replace=True)
    with writing(two, "test", "spoil"):
        two.table(table).update(next(two.table(table).pks_and_rows_where())[0], {column: value})
    with pytest.raises(BadWords, match=f"{table}, column {column}"):
        elsewhere(tmp_path)
