"""Quotes with the people and groups behind them."""

import pytest

from coding.codings import add_coding
from coding.quotes import find_quotes
from coding.transcripts import text
from linkage.study import writing


@pytest.fixture
def quoted(stored):
    words = text(stored, 1)
    with writing(stored, "test", "code"):
        for quote in ("cleared the lane", "What changed here?", "clean.\nJoyce: I’ve not got"):
            start = words.index(quote)
            add_coding(stored, 1, 2, 1, start, start + len(quote), quote)
    return stored


def speaker(db, name: str) -> int:
    return next(row["id"] for row in list(db.table("speaker").rows) if row["name"] == name)


def test_a_theme_counts_participants_and_groups(quoted) -> None:
    found = find_quotes(quoted, code_id=1)
    assert (len(found.rows), found.speakers, found.groups) == (3, 2, 1)


def test_a_quote_over_two_turns_belongs_to_both_speakers(quoted) -> None:
    joyce = find_quotes(quoted, speaker_id=speaker(quoted, "Joyce"))
    assert [row["quote"] for row in joyce.rows] == ["clean.\nJoyce: I’ve not got"]
    assert joyce.speakers == 1


def test_the_moderator_is_quoted_but_not_counted(quoted) -> None:
    found = find_quotes(quoted, speaker_id=speaker(quoted, "Facilitator"))
    assert (len(found.rows), found.speakers) == (1, 0)


def test_issue_phase_and_area_narrow(quoted) -> None:
    assert len(find_quotes(quoted, issue_id=3, phase="source", area_id=1).rows) == 3
    for wanted in ({"issue_id": 1}, {"phase": "test"}, {"area_id": 2}):
        assert find_quotes(quoted, **wanted).rows == []
