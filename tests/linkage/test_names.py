"""Names of areas, issues and waves: one line, and never two things of one name."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.study import writing
from linkage.survey import import_survey

MAPPING = """
area = "place"
[arm]
column = "group"
labels = { none = ["c"], A = ["a"] }
[[outcome]]
key = "hours"
column = "h"
scale = "hours"
"""


def answers(tmp_path: Path, *places: str) -> Path:
    path = tmp_path / "answers.csv"
    rows = [f"{place},{arm},{n}\n" for place in places for arm in "ca" for n in range(3)]
    path.write_text("place,group,h\n" + "".join(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("mark", ["\x1b", "\uffff", "\ud83d"])
def test_a_name_with_a_control_character_is_refused(study: Database, mark: str) -> None:
    for add in (
        lambda: areas.add_area(study, "new", f"New{mark}"),
        lambda: areas.add_area(study, "new", "New", f"town{mark}"),
        lambda: areas.add_issue(study, "new", f"New{mark}"),
        lambda: areas.add_wave(study, "new", f"New{mark}"),
        lambda: areas.ensure_coder(study, f"New{mark}"),
    ):
        with pytest.raises(BadInput, match="control character"), writing(study, "ana", "add"):
            add()


@pytest.mark.parametrize(
    ("key", "name"),
    [("north", "EAST"), ("north", "west"), ("north", "Pooled"), ("pooled", "All"), ("east", "N")],
)
def test_an_area_cannot_be_mistaken_for_another(study: Database, key: str, name: str) -> None:
    with pytest.raises(BadInput, match="choose another"), writing(study, "ana", "add"):
        areas.add_area(study, key, name)


def test_a_label_that_means_two_areas_is_refused(study: Database, tmp_path: Path) -> None:
    with writing(study, "ana", "as an older version let one"):
        study.table("area").update(2, {"name": "East"})
    with pytest.raises(ValueError, match="“East” in rows .* means several areas"):
        import_survey(study, None, answers(tmp_path, "East"), MAPPING, actor="ana")
    assert areas.find_area(study, "east")["id"] == 1
    with pytest.raises(BadInput, match="say the key: east, west"):
        areas.find_area(study, "EAST")


def test_new_areas_of_a_file_are_told_apart_as_people_would(
    study: Database, tmp_path: Path
) -> None:
    path = answers(tmp_path, "Old  Town", "old town", "East!", "East")
    import_survey(study, None, path, MAPPING, actor="ana", create_areas=True)
    found = [(row["key"], row["name"]) for row in areas.areas(study)]
    assert found[2:] == [("old-town", "Old Town"), ("east-2", "East!")]


@pytest.mark.parametrize("mark", ["\\u001b", "\\n", "\\uffff"])
def test_names_in_a_mapping_fit_on_a_line(study: Database, tmp_path: Path, mark: str) -> None:
    path = answers(tmp_path, "East")
    for mapping in (
        MAPPING.replace('key = "hours"', f'key = "hours{mark}"'),
        MAPPING.replace('scale = "hours"', f'scale = "hours"\nmeasure = "hours{mark}"'),
        MAPPING.replace("none =", f'"none{mark}" ='),
    ):
        with pytest.raises(ValueError, match="without control characters"):
            import_survey(study, None, path, mapping, actor="ana")


def test_a_new_area_with_a_control_character_leaves_nothing_behind(
    study: Database, tmp_path: Path
) -> None:
    path = answers(tmp_path, "Bell\x1b")
    with pytest.raises(ValueError, match="control character"):
        import_survey(study, "2", path, MAPPING, actor="ana", create_areas=True)
    assert [wave["key"] for wave in areas.waves(study)] == ["1"]
