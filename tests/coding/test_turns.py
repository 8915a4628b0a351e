import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.readers import Paragraph
from coding.turns import count_words, find_turns, join_text


def turns_of(*lines, **options):
    paragraphs = [line if isinstance(line, Paragraph) else Paragraph(line) for line in lines]
    text = join_text(paragraphs)
    return [(t.speaker, text[t.speech_start : t.end]) for t in find_turns(paragraphs, **options)]


def test_paragraphs_without_a_name_continue_the_turn():
    assert turns_of("Anna: hello", "and more", "Ben: yes") == [
        ("Anna", "hello\nand more"),
        ("Ben", "yes"),
    ]


def test_notes_and_examples_are_not_speakers():
    turns = turns_of("Anna: one", "Note: rain", "Ben: two", "For example: three", "Anna: four")
    assert [speaker for speaker, _ in turns] == ["Anna", "Ben", "Anna"]
    assert turns[0][1] == "one\nNote: rain"


def test_a_person_who_speaks_once_among_others_is_a_speaker():
    assert ("Emma", "once") in turns_of("Anna: a", "Ben: b", "Anna: c", "Ben: d", "Emma: once")


def test_text_without_speakers_has_none():
    turns = turns_of("The group met at 10:30 in the hall.", "Three things came up: one, two.")
    assert [speaker for speaker, _ in turns] == [None, None]


@pytest.mark.parametrize(
    ("line", "speaker", "words"),
    [
        ("Speaker 2: hi", "Speaker 2", "hi"),
        ("P1: hi", "P1", "hi"),
        ("DB: hi", "DB", "hi"),
        ("Researcher 2:October 7", "Researcher 2", "October 7"),
        ("Anna (laughs): hi", "Anna", "hi"),
        ("[I] – hi", "I", "hi"),
        ("[C] - hi", "C", "hi"),
        ("[id1] hi", "id1", "hi"),
        (">> Anna: hi", "Anna", "hi"),
        ("[00:12:15] Anna: hi", "Anna", "hi"),
        ("Anna [00:12:15]: hi", "Anna", "hi"),
        ("Anna: [00:12:15] hi", "Anna", "hi"),
        ("Mary-Jane O’Neil (Chair): hi", "Mary-Jane O’Neil (Chair)", "hi"),
    ],
)
def test_marks_met_in_real_files(line, speaker, words):
    assert turns_of(line, line)[0] == (speaker, words)


def test_the_time_beside_a_name_is_kept():
    (turn,) = find_turns([Paragraph("Anna Smith  1:03"), Paragraph("hello")])
    assert (turn.speaker, turn.time) == ("Anna Smith", "00:01:03")


def test_arrows_change_the_speaker_without_naming_one():
    assert turns_of(">> one", ">> two", "more") == [(None, "one"), (None, "two\nmore")]


def test_headings_belong_to_no_turn():
    lines = [Paragraph("Safety", heading=True), "Anna: a", "Question 3. Why?", "Ben: b"]
    assert turns_of(*lines) == [("Anna", "a"), ("Ben", "b")]


def test_title_lines_before_anybody_speaks_belong_to_no_turn():
    assert turns_of("East group", "Date: 3 May", "Anna: a", "Ben: b") == [
        ("Anna", "a"),
        ("Ben", "b"),
    ]
    assert turns_of("So we began.", "Anna: a", "Ben: b")[0] == (None, "So we began.")


def test_a_remark_in_brackets_is_not_speech():
    assert turns_of("Anna: a", "[Cross Talk 3:00]", "Ben: b", "[laughter]") == [
        ("Anna", "a"),
        ("Ben", "b"),
    ]


def test_a_label_the_person_refused_stays_in_the_text():
    turns = turns_of("Anna: a", "Bath: b", "Anna: c", not_speakers={"Bath"})
    assert turns == [("Anna", "a\nBath: b"), ("Anna", "c")]


def test_consecutive_cues_of_one_speaker_are_one_turn_and_unnamed_cues_nobodys():
    cues = [Paragraph("a", "Ana", "00:00:01"), Paragraph("b", "Ana", "00:00:02")]
    cues += [Paragraph("c", None, "00:00:03"), Paragraph("d", "Ana", "00:00:04")]
    assert turns_of(*cues) == [("Ana", "a\nb"), (None, "c"), ("Ana", "d")]


def test_words_are_counted_as_people_count_them():
    assert count_words("It’s a well-known fact: 3 don't.") == 6


LINES = st.one_of(
    st.text(st.characters(exclude_characters="\n\r"), max_size=40),
    st.sampled_from(
        ["Anna: 🎉 yes", "Ben: e\u0301", "[00:01:02]", "מיכל: שלום", ">> so", "Ben:", ""]
    ),
)
PARAGRAPHS = st.lists(
    st.builds(
        Paragraph,
        LINES,
        st.sampled_from([None, None, None, "Anna"]),
        st.sampled_from([None, None, "00:00:01"]),
        st.booleans(),
    ),
    max_size=12,
)


@given(PARAGRAPHS)
def test_turns_are_ordered_disjoint_and_inside_the_text(paragraphs):
    text, turns = join_text(paragraphs), find_turns(paragraphs)
    place = 0
    for turn in turns:
        assert place <= turn.start <= turn.speech_start < turn.end <= len(text)
        place = turn.end


@given(PARAGRAPHS)
def test_turns_begin_and_end_with_paragraphs(paragraphs):
    text = join_text(paragraphs)
    for turn in find_turns(paragraphs):
        assert turn.start == 0 or text[turn.start - 1] == "\n"
        assert turn.end == len(text) or text[turn.end] == "\n"
