"""Focus groups for the tests of linkage, imported from files as a user's are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from coding import transcripts
from coding.codings import add_coding
from coding.groups import add_group
from coding.speakers import list_speakers, set_consent
from linkage import areas
from linkage.study import writing

EAST_TALK = """\
Helen: How is it round here?

Maureen: Six of us cleared the lane, and it has stayed clean.

Derek: Nobody ever asked me.

Helen: What about the park?

Maureen: We planted bulbs there.

Aisha: I fix small things on my own.
"""
WEST_TALK = """\
Sam: Tell me about the street.

Joan: The watch works, I have seen it.

Piotr: They never listen to us.
"""
Talk = Callable[..., int]
Mark = Callable[..., Any]


@pytest.fixture
def talk(study: Database, tmp_path: Path) -> Talk:
    """Return a function that imports talk as a focus group of an area."""

    def hold(area: str, name: str, words: str, moderator: str | None = None, **group: Any) -> int:
        path = tmp_path / f"{name}.txt"
        path.write_text(words, encoding="utf-8")
        issue = group.pop("issue_id", None)
        with writing(study, "test", "import"):
            group_id = add_group(study, areas.find_area(study, area)["id"], name, **group)
            preview = transcripts.preview(path, {}, [moderator] if moderator else [])
            return transcripts.import_transcript(study, preview, group_id, issue_id=issue)

    return hold


@pytest.fixture
def east(talk: Talk) -> int:
    return talk("east", "Lane hall", EAST_TALK, "Helen", held_on="2025-02-18", issue_id=3)


@pytest.fixture
def west(talk: Talk) -> int:
    return talk("west", "Old school", WEST_TALK, "Sam", held_on="2025-02-20")


def place(db: Database, transcript_id: int, quote: str) -> tuple[int, int, int, str]:
    """Find a quote in its transcript."""
    start = transcripts.text(db, transcript_id).index(quote)
    return transcript_id, start, start + len(quote), quote


@pytest.fixture
def at(study: Database) -> Callable[[int, str], tuple[int, int, int, str]]:
    return lambda transcript_id, quote: place(study, transcript_id, quote)


@pytest.fixture
def mark(study: Database) -> Mark:
    """Return a function that puts a code on the words of a quote."""

    def put(transcript_id: int, code_id: int, quote: str, coder_id: int = 1) -> int:
        where, start, end, words = place(study, transcript_id, quote)
        with writing(study, "test", "code"):
            return add_coding(study, where, code_id, coder_id, start, end, words)

    return put


@pytest.fixture
def consent(study: Database) -> Callable[..., None]:
    """Return a function that records what a speaker allows."""

    def record(name: str, given: bool = True, use: str = "message", **dates: str) -> None:
        speaker = next(row for row in list_speakers(study) if row["name"] == name)
        with writing(study, "test", "consent"):
            set_consent(study, speaker["id"], use, given, **dates)

    return record
