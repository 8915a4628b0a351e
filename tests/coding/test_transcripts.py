import pytest

from coding.errors import BadInput, NotFound
from coding.groups import add_group, list_groups, update_group
from coding.transcripts import (
    delete_transcript,
    get_transcript,
    import_transcript,
    list_transcripts,
    list_turns,
    preview,
    rename_transcript,
    set_issue,
    set_transcript_issue,
    text,
)
from linkage.study import writing


def found(shown):
    return [(s.name, s.turns, s.words, s.role) for s in shown.speakers]


def test_a_preview_shows_what_would_be_stored(talk):
    shown = preview(talk)
    assert found(shown) == [
        ("Facilitator", 1, 3, "moderator"),
        ("Maureen", 2, 10, "participant"),
        ("Joyce", 1, 5, "participant"),
    ]
    assert (shown.title, shown.unattributed, shown.words) == ("East group", 0, 18)
    assert shown.first_turns(1) == [("Facilitator", "What changed here?")]


def test_labels_are_renamed_and_merged(talk):
    shown = preview(talk, {"Joyce": "Maureen", "Facilitator": "Tony"}, ["Tony"])
    assert found(shown) == [("Tony", 1, 3, "moderator"), ("Maureen", 3, 15, "participant")]
    assert shown.speakers[1].labels == ("Maureen", "Joyce")


def test_a_label_that_is_no_speaker_goes_back_into_the_text(talk):
    shown = preview(talk, {"Joyce": ""})
    assert [s.name for s in shown.speakers] == ["Facilitator", "Maureen"]
    assert shown.speech(shown.turns[1]).endswith("Joyce: I’ve not got the Saturdays.")


def test_a_moderator_nobody_knows_is_refused(talk):
    with pytest.raises(BadInput, match="its speakers are: Facilitator, Maureen, Joyce"):
        preview(talk, moderators=["Nobody"])


def test_no_moderator_can_be_chosen(talk):
    assert {s.role for s in preview(talk, moderators=[]).speakers} == {"participant"}


def test_a_stated_speaker_that_is_none_goes_back_into_the_text(tmp_path):
    path = tmp_path / "a.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Note>rain\n")
    assert preview(path, {"Note": ""}).text == "Note: rain"


def test_a_stored_transcript_is_listed_with_its_counts(stored):
    (row,) = list_transcripts(stored)
    columns = "id title area issue turns speakers words codings"
    assert list(row)[:8] == columns.split()
    assert list(row.values())[:8] == [1, "East group", "east", "environment", 4, 3, 18, 0]
    assert (row["phase"], row["group"], row["share_coded"]) == ("source", "Lane group", 0)


def test_turns_are_spans_of_the_text(stored):
    words = text(stored, 1)
    turns = list_turns(stored, 1)
    assert [t["speaker"] for t in turns] == ["Facilitator", "Maureen", "Joyce", "Maureen"]
    assert words[turns[1]["speech_start"] : turns[1]["end"]] == (
        "We cleared the lane. 🎉\nIt stayed clean."
    )
    assert (turns[0]["role"], turns[0]["issue"]) == ("moderator", "environment")


def test_the_same_file_in_the_same_group_is_refused(stored, talk):
    with writing(stored, "test", "again"), pytest.raises(BadInput, match="as “East group”"):
        import_transcript(stored, preview(talk), 1, title="Other")


def test_a_title_is_taken_once(stored, talk):
    with writing(stored, "test", "again"):
        other = add_group(stored, 2, "West group")
        with pytest.raises(BadInput, match="another title"):
            import_transcript(stored, preview(talk), other)


def test_a_name_in_the_same_group_is_the_same_speaker(stored, talk):
    talk.write_text("Maureen: Again.\nJoyce: Yes.\nPeter: Hello.\nMaureen: Bye.")
    with writing(stored, "test", "second session"):
        import_transcript(stored, preview(talk), 1, title="Second")
    assert list_groups(stored)[0]["speakers"] == 4


def test_an_issue_is_set_on_a_section_and_falls_back_to_the_transcript(stored):
    with writing(stored, "test", "issues"):
        set_issue(stored, 1, 2, 3, 1)
        set_transcript_issue(stored, 1, None)
    assert [t["issue"] for t in list_turns(stored, 1)] == [None, "health", "health", None]
    with pytest.raises(BadInput, match="it has turns 1 to 4"):
        set_issue(stored, 1, 3, 9, 1)


def test_a_transcript_is_renamed_and_deleted(stored):
    with writing(stored, "test", "rename"):
        rename_transcript(stored, 1, "Lane")
    assert get_transcript(stored, 1)["title"] == "Lane"
    with writing(stored, "test", "delete"):
        delete_transcript(stored, 1)
    with pytest.raises(NotFound):
        text(stored, 1)


def test_a_quoted_transcript_is_not_deleted(stored):
    with writing(stored, "test", "story"):
        story = {"area_id": 1, "issue_id": 1, "title": "s", "coder_id": 1, "created_at": "now"}
        stored.table("story").insert(story)
        quote = {"story_id": 1, "transcript_id": 1, "start": 0, "end": 1, "quote": "F"}
        stored.table("story_quote").insert(quote)
        with pytest.raises(BadInput, match="quoted in a story"):
            delete_transcript(stored, 1)
    assert get_transcript(stored, 1)["turns"] == 4


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"held_on": "4 March"}, "year-month-day"),
        ({"phase": "later"}, "source or test"),
        ({"attendance": -1}, "number of people"),
        ({"name": " "}, "1 to 200"),
        ({"colour": "red"}, "has no “colour”"),
    ],
)
def test_a_group_is_checked(stored, fields, says):
    with pytest.raises(BadInput, match=says):
        update_group(stored, 1, **fields)


def test_a_group_is_changed_and_its_name_is_its_own(stored):
    with writing(stored, "test", "groups"):
        add_group(stored, 1, "Second", phase="test")
        update_group(stored, 2, attendance=9, held_on="")
        with pytest.raises(BadInput, match="already"):
            update_group(stored, 2, name="Lane group")
    assert [(g["name"], g["attendance"]) for g in list_groups(stored)] == [
        ("Lane group", None),
        ("Second", 9),
    ]
