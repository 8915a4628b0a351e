"""Passages, memos and summaries go as the words that they rest on."""

import pytest

from coding import framework, memos
from coding.sifting import sift_matrix, sift_memos, sift_passages
from coding.speakers import set_consent
from coding.transcripts import text
from linkage.study import writing

from .test_people import twice  # noqa: F401

MAUREEN, MO = 2, 3


@pytest.fixture
def refused(twice):  # noqa: F811
    """Maureen refused, everybody else allows publication."""
    with writing(twice, "test", "consent"):
        for speaker in (MAUREEN, MO, 5, 6):
            set_consent(twice, speaker, "publication", speaker != MAUREEN)
    return twice


@pytest.mark.parametrize(
    ("words", "kept"),
    [("Fac: Well?", True), ("We swept it.", True), ("We cleared", False),
     ("lane.\nMo: We swept", False), ("We swept it.\nMaureen: T", False)],
)  # fmt: skip
def test_a_passage_needs_everybody_who_speaks_in_it(refused, words, kept) -> None:
    start = text(refused, 1).index(words)
    place = {"transcript_id": 1, "start": start, "end": start + len(words), "quote": words}
    (row,) = sift_passages(refused, [place], "publication").rows
    assert (row["quote"] == words, row["consent"] == "given") == (kept, kept)


def test_memos_go_as_what_they_are_on(refused) -> None:
    with writing(refused, "test", "memos"):
        for on in ({"coding_id": 1}, {"coding_id": 2}, {"speaker_id": MAUREEN}, {"code_id": 1}):
            memos.add_memo(refused, 1, f"On {on}", **on)
    found = sift_memos(refused, reversed(memos.list_memos(refused)), "publication")
    assert [bool(row["text"]) for row in found.rows] == [False, True, False, True]
    assert found.sentence.startswith("The words of 2 memos are left out for lack of consent")


def test_a_groups_summary_rests_on_whom_its_cell_quotes(refused) -> None:
    with writing(refused, "test", "write"):
        for group in (1, 2):
            framework.set_summary(refused, 1, "group", group, 1, f"All [q{2 * group}]", 0)
        for speaker in (MAUREEN, MO):
            framework.set_summary(refused, 1, "speaker", speaker, 1, "One", 0)
    groups = sift_matrix(refused, framework.framework(refused, "group"), "publication")
    assert [row["summary"] for row in groups.tidy] == ["", "All [q4]"]
    assert [row["id"] for row in groups.cited] == [4]
    people = sift_matrix(refused, framework.framework(refused), "publication")
    told = [(row["speaker"], row["summary"], row["consent"]) for row in people.tidy]
    assert ("", "", "left out: refused") in told
    assert ("Mo", "One", "given") in told
    assert len([name for name, *_ in told if name == "Maureen"]) == 1  # of the other group
