"""What is found in the transcripts of a study: by speakers, by turns, and from one in another."""

import pytest

from coding import language
from coding.groups import add_group
from coding.pseudonyms import dictionary
from coding.pseudonyms.finding import find_identifiers
from coding.speakers import list_speakers
from coding.transcripts import import_transcript, list_turns, preview, text
from linkage.study import writing

FIRST = (
    "Group held in the parish room",
    "Facilitator: What changed here?",
    "Maureen Abernethy: We asked Mrs Szczepanik from East and she rang. 🎉",
    "Participant 2: i told maureen and szczepanik, at west end road.",
)
SECOND = (
    "Facilitator: And here?",
    "Participant 3: it was abernethy's idea, ring 07700 900123.",
    "Participant 4: Hope helps.",
)


@pytest.fixture
def two(study, tmp_path):
    """A study with two transcripts, of a group in East and one in West."""
    with writing(study, "test", "store"):
        for area, lines in ((1, FIRST), (2, SECOND)):
            path = tmp_path / f"Talk {area}.txt"
            path.write_text("\n".join(lines), encoding="utf-8")
            group = add_group(study, area, f"Group {area}")
            import_transcript(study, preview(path, moderators=["Facilitator"]), group)
    return study


def said(rows: list[dict[str, object]]) -> list[object]:
    return [row["text"] for row in rows]


def test_places_are_exact_and_within_their_turn(two):
    for row in find_identifiers(two):
        words = text(two, row["transcript_id"])
        assert words[row["start"] : row["end"]] == row["text"]
        turns = {turn["id"]: turn for turn in list_turns(two, row["transcript_id"])}
        turn = turns[row["turn_id"]]
        assert turn["start"] <= row["start"] < row["end"] <= turn["end"]


def test_a_speaker_is_found_in_marks_and_talk_and_a_role_is_none(two):
    rows = find_identifiers(two)
    assert "Maureen Abernethy" in {row["name"] for row in list_speakers(two)}
    by_speakers = [
        (row["transcript_id"], row["text"]) for row in rows if row["source"] == "speakers"
    ]
    assert by_speakers == [(1, "Maureen Abernethy"), (1, "maureen"), (2, "abernethy")]
    assert not {"Facilitator", "Participant", "Participant 3"} & set(said(rows))


def test_what_one_transcript_makes_certain_is_found_in_another(two):
    assert "szczepanik" in said(find_identifiers(two))
    (other,) = [row for row in find_identifiers(two, [2]) if row["kind"] == "phone"]
    assert other["text"] == "07700 900123"
    assert all(row["transcript_id"] == 2 for row in find_identifiers(two, [2]))


def test_the_roster_is_used_and_stored_nowhere(two, tmp_path):
    rows = find_identifiers(two, roster=["Hope Quarmby"])
    assert [row["source"] for row in rows if row["text"] == "Hope"] == ["roster"]
    two.execute("VACUUM INTO ?", [str(tmp_path / "copy.db")])
    held = (tmp_path / "copy.db").read_bytes()
    assert b"Abernethy" in held
    assert b"Quarmby" not in held


def test_an_area_of_the_study_is_not_proposed(two):
    assert not {"East", "West"} & set(said(find_identifiers(two)))


def test_progress_is_told_to_the_end_and_an_empty_study_has_nothing(two, study):
    told = []
    find_identifiers(two, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert find_identifiers(two, []) == []


def test_blank_english_finds_by_rules_roster_and_speakers(two, monkeypatch):
    language.load.cache_clear()
    none = language.Model(None, "blank English", "", vectors=False)
    monkeypatch.setattr(language, "installed_model", lambda: none)
    try:
        dictionary.dictionary.cache_clear()
        found = said(find_identifiers(two, roster=["Hope Quarmby"]))
    finally:
        language.load.cache_clear()
        dictionary.dictionary.cache_clear()
    assert {"Maureen Abernethy", "Szczepanik", "szczepanik", "Hope", "07700 900123"} <= set(found)
