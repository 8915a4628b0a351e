"""The study at a glance: where each area and issue stands, and what to do next."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from sqlite_utils import Database

from coding.codebook import add_code
from linkage.messages import start_message, write_version
from linkage.overview import chain, turns_without_issue
from linkage.stories import add_story, get_story
from linkage.study import writing
from linkage.survey import import_survey
from linkage.waves import allocate_wave

At = Callable[[int, str], tuple[int, int, int, str]]
MAPPING = """
respondent = "id"
area = "area"
[arm]
column = "arm"
labels = { none = ["none"], A = ["A"], B = ["B"], "A+B" = ["A+B"] }
[[outcome]]
key = "hours"
column = "h"
issue = "environment"
scale = "hours"
"""


def cell(db: Database, area: str = "east", issue: str = "environment") -> dict[str, Any]:
    return next(row for row in chain(db) if (row["area"], row["issue"]) == (area, issue))


def test_an_empty_study_says_where_to_begin(study: Database) -> None:
    assert len(chain(study)) == 2 * 3
    assert {row["next"].split(":")[0] for row in chain(study)} == {"No talk about this yet"}


def test_each_step_shows_and_names_the_next(
    study: Database, east: int, at: At, mark: Callable[..., int], tmp_path: Path
) -> None:
    assert (cell(study)["transcripts"], cell(study)["turns"]) == (1, 4)
    assert cell(study)["next"].startswith("Nothing coded")
    with writing(study, "test", "code"):
        code = add_code(study, "Together")
    mark(east, code, "We planted bulbs")
    assert cell(study)["share_coded"] == 1 / 4
    assert cell(study)["next"].startswith("No story")
    with writing(study, "test", "story"):
        lane = at(east, "Six of us cleared the lane")
        add_story(study, area_id=1, issue_id=3, title="Lane", coder_id=1, quotes=[lane])
        message = start_message(study, "A", 1, 1, 3)
    assert cell(study)["next"].startswith("No message")
    with writing(study, "test", "message"):
        quote = get_story(study, 1)["quotes"][0]["id"]
        write_version(study, message, 1, [("Six did.", [quote])], 1)
    assert cell(study)["messages"] == [
        {"id": message, "nudge": "A", "state": "draft", "version": 1}
    ]
    assert cell(study)["next"].startswith("Not allocated")
    frame = pd.DataFrame({"id": range(80), "area": ["east", "west"] * 40})
    with writing(study, "test", "allocate", kind="fixed"):
        arms = ["none", "A", "B", "A+B"]
        allocated = allocate_wave(study, "1", frame, ["area"], arms, 3, date(2025, 4, 1))
    assert cell(study)["allocated"] == {"none": 10, "A": 10, "B": 10, "A+B": 10}
    assert cell(study)["next"].startswith("No answers")
    hours = [i * 7 % 11 for i in range(80)]
    answers = tmp_path / "answers.csv"
    allocated.assign(id=allocated["respondent"], h=hours).to_csv(answers, index=False)
    import_survey(study, "1", answers, MAPPING, actor="ana")
    assert (cell(study)["respondents"], cell(study)["answered"]) == (40, 40)
    assert (
        cell(study, issue="health")["respondents"],
        cell(study, issue="health")["answered"],
    ) == (40, 0)
    effect = cell(study)["effect"]
    assert (effect["outcome"], effect["contrast"]) == ("hours", "A alone")
    assert effect["ci_low"] < effect["estimate"] < effect["ci_high"]
    assert cell(study)["next"].startswith("The chain is whole")
    assert cell(study, "west")["effect"] is not None
    assert cell(study, issue="health")["effect"] is None


def test_arms_that_came_with_the_answers_need_no_allocation(
    study: Database, east: int, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.csv"
    rows = [
        f"{i},east,{['none', 'A', 'B', 'A+B'][i % 4]},{'' if i < 8 else i % 5}" for i in range(40)
    ]
    answers.write_text("\n".join(["id,area,arm,h", *rows]), encoding="utf-8")
    import_survey(study, "1", answers, MAPPING, actor="ana")
    assert cell(study)["allocated"] == {}
    assert (cell(study)["respondents"], cell(study)["answered"]) == (40, 32)
    assert not any(row["next"].startswith("Not allocated") for row in chain(study))


def test_talk_without_an_issue_is_counted(study: Database, east: int, west: int) -> None:
    assert turns_without_issue(study) == {2: 2}


def test_pandas_is_not_needed_before_there_is_a_survey(
    study: Database, east: int, tmp_path: Path
) -> None:
    code = (
        "import sys; sys.modules['pandas'] = sys.modules['numpy'] = None;"
        "from pathlib import Path; from linkage.study import read_study;"
        "from linkage.overview import chain; chain(read_study(Path(sys.argv[1])))"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "study.db")], check=True)
