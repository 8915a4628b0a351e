"""A small conversation of four turns, imported into a group of the area East."""

from pathlib import Path

import pytest

from coding.codebook import add_code
from coding.groups import add_group
from coding.transcripts import import_transcript, preview
from linkage.study import writing

LINES = (
    "Facilitator: What changed here?",
    "Maureen: We cleared the lane. 🎉",
    "It stayed clean.",
    "Joyce: I’ve not got the Saturdays.",
    "Maureen: An hour helps.",
)


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "East group.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


@pytest.fixture
def stored(study, talk):
    """The study with the talk as transcript 1 in group 1, theme 1 and code 2 nested under it."""
    with writing(study, "test", "store the talk"):
        add_group(study, 1, "Lane group", held_on="2026-03-04")
        import_transcript(study, preview(talk), 1, issue_id=3)
        add_code(study, "Doing it together")
        add_code(study, "Clean-ups", parent_id=1)
    return study
