"""The chain, walked from a message and an effect to the words, and from words to messages."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils import Database

from linkage.messages import start_message, write_version
from linkage.provenance import coding_uses, effect_sources, message_words, passage_uses
from linkage.stories import add_story, get_story
from linkage.study import writing
from linkage.survey import import_survey
from linkage.waves import allocate_wave

At = Callable[[int, str], tuple[int, int, int, str]]
LANE = "Six of us cleared the lane"
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


@pytest.fixture
def message(study: Database, east: int, at: At) -> int:
    with writing(study, "test", "message"):
        story = add_story(
            study, area_id=1, issue_id=3, title="Lane", coder_id=1, quotes=[at(east, LANE)]
        )
        quote = get_story(study, story)["quotes"][0]["id"]
        made = start_message(study, "A", 1, 1, 3)
        write_version(study, made, 1, [("Six did.", [quote]), ("Join in.", [])], 1)
    return made


def test_from_a_message_to_the_turns(study: Database, message: int, east: int) -> None:
    words = message_words(study, message)
    (quote,) = words["sentences"][0]["evidence"]
    assert (quote["quote"], quote["transcript_id"], quote["story"]) == (LANE, east, "Lane")
    assert [(t["position"], t["speaker"]) for t in quote["turns"]] == [(2, "Maureen")]
    assert words["sentences"][1]["evidence"] == []
    json.dumps(words)


def test_from_words_to_the_stories_and_messages_that_use_them(
    study: Database, message: int, east: int, at: At, mark: Callable[..., int]
) -> None:
    _, start, end, _ = at(east, "cleared the lane, and it")
    uses = passage_uses(study, east, start, end)
    assert [story["title"] for story in uses["stories"]] == ["Lane"]
    (used,) = uses["messages"]
    assert (used["id"], used["sentence"], used["latest"]) == (message, "Six did.", True)
    _, start, end, _ = at(east, ", and it has stayed")
    assert passage_uses(study, east, start, end) == {"stories": [], "messages": []}
    from coding.codebook import add_code

    with writing(study, "test", "code"):
        code = add_code(study, "Together")
    assert coding_uses(study, mark(east, code, "Six of us")) == uses


def test_an_older_version_that_used_the_words_is_named_as_such(
    study: Database, message: int, east: int, at: At
) -> None:
    with writing(study, "test", "again"):
        write_version(study, message, 2, [("Join in.", [])], 1)
    (used,) = passage_uses(study, *at(east, LANE)[:3])["messages"]
    assert (used["version"], used["latest"]) == (1, False)


def test_from_an_effect_to_what_each_arm_was_shown(
    study: Database, message: int, tmp_path: Path
) -> None:
    frame = pd.DataFrame({"id": range(40), "area": ["east", "west"] * 20})
    with writing(study, "test", "allocate", kind="fixed"):
        arms = ["none", "A", "B", "A+B"]
        allocated = allocate_wave(study, "1", frame, ["area"], arms, 3, date(2025, 4, 1))
    answers = tmp_path / "answers.csv"
    allocated.assign(id=allocated["respondent"], h=1).iloc[:30].to_csv(answers, index=False)
    import_survey(study, "1", answers, MAPPING, actor="ana")
    sources = {row["arm"]: row for row in effect_sources(study, 1, 1, 3)}
    assert [row["allocated"] for row in sources.values()] == [5, 5, 5, 5]
    east = allocated.iloc[:30].query("area == 'east'")["arm"].value_counts()
    assert {arm: row["answered"] for arm, row in sources.items()} == dict(east)
    assert [m["id"] for m in sources["A"]["messages"]] == [message]
    assert [m["id"] for m in sources["A+B"]["messages"]] == [message]
    assert sources["B"]["messages"] == sources["none"]["messages"] == []
    assert effect_sources(study, 1, 1, 1)[1]["messages"] == []
