"""Found stories are kept, read back, set aside, and learned from."""

import numpy as np
import pytest
from sqlite_utils import Database

from coding.errors import QuoteMismatch
from coding.groups import add_group
from coding.transcripts import import_transcript, preview, text
from linkage import stories, story_cues, story_learning, story_search
from linkage.story_finding import rank_stories
from linkage.study import writing

TALK = """\
Ruth: What changed round here?

Mo: The bins are collected on a Tuesday.

Mo: Last year six of us cleared the lane with rakes, and the council paid for a gate. It has stayed\
 clean ever since and the children play there now.

Ruth: Thank you, that is good to hear. Does anybody want to say something about the canal and dogs?

Ann: They should put a warden on. It would be nice if somebody did something about the dogs here.

Ruth: Is there anything else that people here have done about any of that, together or alone?

Ann: I'm sorry to say we set up a watch. We walked the canal for two winters, and break-ins went\
 down to nothing. There's nine of us now.
"""


@pytest.fixture
def told(study: Database, tmp_path) -> Database:
    path = tmp_path / "talk.txt"
    path.write_text(TALK)
    with writing(study, "test", "import"):
        group = add_group(study, 1, "Hall")
        import_transcript(study, preview(path, moderators=["Ruth"]), group, issue_id=1)
    return study


def test_the_stories_stand_first_and_say_why(told: Database) -> None:
    found = rank_stories(told, top=2)
    assert [(row["rank"], row["speaker"]) for row in found] == [(1, "Mo"), (2, "Ann")]
    assert all(row["quote"] in text(told, 1) for row in found)
    assert "outcome" in found[0]["reasons"]


def test_a_search_is_kept_until_something_changes(told: Database) -> None:
    assert story_search.search(told) is None
    assert story_search.open_candidates(told) == []
    story_search.find_and_keep(told, actor="test")
    kept = story_search.search(told)
    assert kept
    assert not kept["stale"]
    rows = story_search.open_candidates(told)
    first, second = rows[0], rows[1]
    with writing(told, "test", "decide"):
        place = (first["transcript_id"], first["start"], first["end"], first["quote"])
        stories.add_story(told, area_id=1, issue_id=1, title="Lane", coder_id=1, quotes=[place])
        place = (second["transcript_id"], second["start"], second["end"])
        with pytest.raises(QuoteMismatch):
            story_search.reject(told, 1, *place, "other words")
        number = story_search.reject(told, 1, *place, second["quote"])
        assert story_search.reject(told, 1, *place, second["quote"]) == number
    left = story_search.open_candidates(told)
    assert {row["start"] for row in left} == {row["start"] for row in rows[2:]}
    assert story_search.search(told)["stale"]  # type: ignore[index]


def test_an_area_and_an_issue_are_asked_for(told: Database) -> None:
    story_search.find_and_keep(told, actor="test")
    assert story_search.open_candidates(told, area_id=1, issue_id=1)
    assert story_search.open_candidates(told, area_id=2) == []
    assert rank_stories(told, issue_id=2) == []


def test_weights_move_towards_decisions_and_stay_by_hand_without() -> None:
    rng = np.random.default_rng(3)
    cues = rng.uniform(size=(200, len(story_cues.NAMES)))
    by_hand, _ = story_learning.learn(cues, np.full(200, np.nan))
    np.testing.assert_array_equal(by_hand, story_cues.weights())
    question = story_cues.NAMES.index("question")
    told = (cues[:, question] > 0.5).astype(float)  # here, people keep questions
    learned, constant = story_learning.learn(cues, told)
    assert learned[question] > by_hand[question] + 0.5
    scores = story_cues.scores(cues, learned, constant)
    assert story_learning.auc(scores, told) > story_learning.auc(story_cues.scores(cues), told)


def test_auc_counts_pairs() -> None:
    scores, y = np.array([0.1, 0.4, 0.4, 0.9]), np.array([0.0, 0.0, 1.0, 1.0])
    pairs = [(a > b) + (a == b) / 2 for a in scores[y == 1] for b in scores[y == 0]]
    assert story_learning.auc(scores, y) == pytest.approx(np.mean(pairs))
