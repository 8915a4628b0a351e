"""One person behind several speakers counts once; what a merge would lose is kept."""

import pytest

from coding import codebook, codings, transcripts
from coding.consent import decisions
from coding.errors import BadInput
from coding.framework import set_summary
from coding.groups import add_group
from coding.people import link_speakers, merge_speakers, same_person, unlink_speaker
from coding.quotes import find_quotes
from coding.speakers import list_speakers, set_attributes, set_consent
from linkage import areas
from linkage.prevalence import prevalence
from linkage.scope import Scope
from linkage.study import read_study, writing
from linkage.undo import undo

TALK = "Fac: Well?\nMaureen: We cleared the lane.\nMo: We swept it.\nMaureen: Twice.\n"


@pytest.fixture
def twice(study, tmp_path):
    """The same talk held in two groups: speakers 1-3 and 4-6, each Fac, Maureen and Mo."""
    file = tmp_path / "talk.txt"
    file.write_text(TALK)
    with writing(study, "test", "import"):
        coder = areas.ensure_coder(study, "Ana")
        code = codebook.add_code(study, "Together")
        for name in ("One", "Two"):
            found = transcripts.preview(file, moderators=["Fac"])
            group = add_group(study, 1, name)
            number = transcripts.import_transcript(study, found, group, title=name)
            for words in ("We cleared the lane.", "We swept it."):
                at = found.text.index(words)
                codings.add_coding(study, number, code, coder, at, at + len(words), words)
    return study


def test_one_person_in_two_groups_counts_once(twice):
    before = prevalence(twice).iloc[0]
    assert (before["speakers"], before["speakers_total"], find_quotes(twice).speakers) == (4, 4, 4)
    with writing(twice, "test", "link"):
        link_speakers(twice, [2, 5])
    after = prevalence(twice).iloc[0]
    assert (after["speakers"], after["speakers_total"], find_quotes(twice).speakers) == (3, 3, 3)
    assert (after["words"], after["turns"]) == (before["words"], before["turns"])
    assert [row["group"] for row in same_person(twice, 2)] == ["Two"]
    with writing(twice, "test", "unlink"):
        unlink_speaker(twice, 5)
    assert prevalence(twice).iloc[0]["speakers"] == 4


def test_two_of_one_group_are_no_one_person(twice):
    with pytest.raises(BadInput, match="same group"), writing(twice, "test", "link"):
        link_speakers(twice, [2, 3])
    with writing(twice, "test", "link"):
        link_speakers(twice, [2, 5])
    with pytest.raises(BadInput, match="same group"), writing(twice, "test", "link"):
        link_speakers(twice, [3, 5])
    assert same_person(twice, 3) == []


def test_merging_moves_turns_attributes_and_the_less_willing_consent(twice):
    with writing(twice, "test", "fill"):
        set_attributes(twice, 2, {"age": "30"})
        set_attributes(twice, 3, {"age": "31", "gender": "woman"})
        set_consent(twice, 2, "message", True)
        set_consent(twice, 3, "message", False)
        set_consent(twice, 3, "archive", True)
    with writing(twice, "ana", "merge"):
        assert merge_speakers(twice, 2, 3) == 1
    row = next(row for row in list_speakers(twice) if row["id"] == 2)
    assert (row["turns"], row["attributes"]) == (3, {"age": "30", "gender": "woman"})
    assert row["consents"] == {"message": False, "archive": True}
    with writing(twice, "ana", "undo"):
        undo(twice, "ana")
    assert len(list_speakers(twice)) == 6


def test_speakers_of_two_groups_are_linked_not_merged(twice):
    with pytest.raises(BadInput, match="different groups"), writing(twice, "test", "merge"):
        merge_speakers(twice, 2, 5)


def test_who_withdraws_in_one_group_has_withdrawn_in_all(twice):
    with writing(twice, "test", "consent"):
        link_speakers(twice, [2, 5])
        set_consent(twice, 2, "publication", True)
        set_consent(twice, 5, "publication", True, withdrawn_on="2026-01-01")
        set_consent(twice, 5, "archive", True)
    found = decisions(twice)
    assert (found[2]["publication"], found[3]["publication"]) == ("withdrawn", "not recorded")
    assert (found[5]["archive"], found[2]["archive"]) == ("given", "not recorded")


def test_a_person_counts_once_for_who_sees_one_area_only(twice, tmp_path):
    with writing(twice, "test", "link"):
        link_speakers(twice, [2, 5])
    path = twice.execute("PRAGMA database_list").fetchone()[2]
    limited = read_study(path, Scope("x", areas=frozenset({1})))
    assert find_quotes(limited).speakers == 3


def test_what_the_framework_says_of_either_is_kept_when_they_merge(twice):
    with writing(twice, "test", "write"):
        set_summary(twice, 1, "speaker", 2, 1, "She clears lanes.", 0)
        set_summary(twice, 1, "speaker", 3, 1, "She sweeps.", 0)
    with writing(twice, "test", "merge"):
        merge_speakers(twice, 2, 3)
    (row,) = twice.table("framework_summary").rows
    assert (row["speaker_id"], row["summary"]) == (2, "She clears lanes.\n\nShe sweeps.")
