from coding.codings import add_coding
from coding.finishing import finish
from coding.suggestions.passages import (
    LONG,
    Applied,
    coded_passages,
    codings_by_transcript,
    examples,
    spoken_passages,
)
from coding.transcripts import text
from linkage.areas import ensure_coder
from linkage.study import writing
from tests.coding.suggestions.conftest import KIND, LUNCH, WAIT


def _code(db, code, start, end, coder=1, transcript=1):
    quote = text(db, transcript)[start:end]
    return add_coding(db, transcript, code, coder, start, end, quote)


def test_codings_of_mostly_the_same_words_are_one_passage_with_all_their_codes(talks):
    with writing(talks, "test", "code"):
        ben = ensure_coder(talks, "Ben")
        _code(talks, KIND, 100, 200)
        _code(talks, WAIT, 110, 205, ben)
        _code(talks, LUNCH, 300, 350)
    passages = coded_passages(talks)
    assert [(p.start, p.end, p.codes) for p in passages] == [
        (100, 205, {KIND, WAIT}),
        (300, 350, {LUNCH}),
    ]
    assert passages[0].quote == text(talks, 1)[100:205]


def test_a_short_coding_inside_a_long_one_has_the_code_of_the_long_one_not_the_reverse(talks):
    with writing(talks, "test", "code"):
        _code(talks, KIND, 100, 300)
        _code(talks, WAIT, 150, 180)
    assert {(p.start, p.end): p.codes for p in coded_passages(talks)} == {
        (100, 300): {KIND},
        (150, 180): {KIND, WAIT},
    }


def test_what_participants_said_is_cut_into_turns_without_the_moderator(talks):
    spoken = spoken_passages(talks, 1)
    assert [p.turn for p in spoken] == list(range(spoken[0].turn, spoken[0].turn + 12))
    assert all(text(talks, 1)[p.start : p.end] == p.quote for p in spoken)
    assert not any("How kind" in p.quote or ":" in p.quote for p in spoken)


def test_a_long_turn_is_cut_between_sentences_and_nothing_of_it_is_lost(study, tmp_path):
    from coding.groups import add_group
    from coding.transcripts import import_transcript, preview

    path = tmp_path / "long.txt"
    sentences = [f"This is the sentence number {n} of a very long turn." for n in range(40)]
    path.write_text(f"Moderator: And?\nAnn: {' '.join(sentences)}\nBob: Well.")
    with writing(study, "test", "import"):
        group = add_group(study, 1, "Long")
        import_transcript(study, preview(path, moderators=["Moderator"]), group)
    spoken = spoken_passages(study, 1)
    assert " ".join(p.quote for p in spoken) == " ".join(sentences)
    assert max(len(p.quote.split()) for p in spoken) <= LONG


def test_uncoded_talk_teaches_only_where_the_transcript_is_finished(coded):
    assert all(p.codes for p in examples(coded))
    with writing(coded, "test", "finish"):
        finish(coded, 1, 1)
    uncoded = [p for p in examples(coded) if not p.codes]
    assert {p.transcript_id for p in uncoded} == {1}
    assert len(uncoded) == 12 - 4  # twelve turns, four of them coded


def test_a_code_that_touches_a_passage_is_applied_to_it(coded):
    applied = Applied(codings_by_transcript(coded)[1])
    first, second = spoken_passages(coded, 1)[:2]
    assert applied.on(first) == {KIND}
    assert applied.on(second) == {WAIT}
