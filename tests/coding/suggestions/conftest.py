"""Five groups talk of kind staff, of waiting and of neither; the first half of four is coded."""

import pytest

from coding.codebook import add_code
from coding.codings import add_coding
from coding.groups import add_group
from coding.transcripts import import_transcript, preview, text
from linkage.study import writing

from .lane import suggested  # noqa: F401  (a fixture)

KIND, WAIT, LUNCH = 1, 2, 3
ABOUT = (
    (KIND, ("The nurses were kind and gentle with me", "Everybody smiled, such caring staff")),
    (WAIT, ("We waited four hours in the corridor", "The delay and the waiting list are bad")),
    (None, ("The car park is full every single morning", "I take the bus to get there")),
)
OFTEN = ("once", "twice", "thrice", "often", "always", "never")
TURNS = 12


def said(group: int, turn: int) -> tuple[int | None, str]:
    """What is said in a turn, and the code that fits."""
    code, words = ABOUT[turn % 3]
    return code, f"{words[(turn + group) % 2]}, and that {OFTEN[turn // 2]} in ward {group}."


@pytest.fixture
def talks(study, tmp_path):
    """Five transcripts and three codes, nothing coded."""
    with writing(study, "test", "store five groups"):
        add_code(study, "Kindness", definition="Kind and caring staff.")
        add_code(study, "Waiting times")
        add_code(study, "Lunch", definition="Soup and bread.")
        for group in range(5):
            path = tmp_path / f"group {group}.txt"
            lines = [f"P{turn % 2}: {said(group, turn)[1]}" for turn in range(TURNS)]
            path.write_text("\n".join(["Moderator: How kind was the staff?", *lines]))
            group_id = add_group(study, 1, f"Group {group}", held_on="2026-03-04")
            import_transcript(study, preview(path, moderators=["Moderator"]), group_id)
    return study


def code_half(study, transcripts=(1, 2, 3, 4)):
    """Code the first half of some transcripts as it fits."""
    for number in transcripts:
        for turn in range(TURNS // 2):
            code, words = said(number - 1, turn)
            start = text(study, number).index(words)
            if code:
                add_coding(study, number, code, 1, start, start + len(words), words)


@pytest.fixture
def coded(talks):
    with writing(talks, "test", "code"):
        code_half(talks)
    return talks
