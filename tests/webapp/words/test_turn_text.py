"""Cutting a turn into runs of words that share their codings."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.turn_text import LINES, codings_by_turn, read_turns, runs

TEXT = "A: one two 🎉 three\nB: four five\nC: six"


def turn(position: int, start: int, speech_start: int, end: int) -> dict:
    return {"position": position, "start": start, "speech_start": speech_start, "end": end,
            "speaker": "A", "role": "participant", "time": None, "issue": None}  # fmt: skip


TURNS = [turn(1, 0, 3, 18), turn(2, 19, 22, 31), turn(3, 32, 35, 38)]


def coding(number: int, start: int, end: int) -> dict:
    return {"id": number, "code_id": number, "code": "k", "coder": "c", "memo": None,
            "start": start, "end": end}  # fmt: skip


spans = st.lists(
    st.tuples(st.integers(0, 37), st.integers(1, 20)).map(lambda s: (s[0], min(38, s[0] + s[1]))),
    max_size=12,
)


@given(spans)
def test_runs_join_to_the_words_and_each_coding_to_its_passage(spans) -> None:
    codings = [coding(n, *span) for n, span in enumerate(spans, start=1)]
    cut = read_turns(TEXT, TURNS, codings)
    assert "".join(t.spoken.before + "".join(r.text for r in runs(t)) for t in cut) == TEXT
    for row in codings:
        shown = sum(
            len(r.text) for t in cut for r in runs(t) if row["id"] in [m.id for m in r.marks]
        )
        speech = sum(
            max(0, min(row["end"], t["end"]) - max(row["start"], t["speech_start"])) for t in TURNS
        )
        assert shown == speech


@given(spans)
def test_a_run_has_a_line_wherever_it_has_a_coding(spans) -> None:
    codings = [coding(n, *span) for n, span in enumerate(spans, start=1)]
    for cut in read_turns(TEXT, TURNS, codings):
        for run in runs(cut):
            assert bool(run.lines) == bool(run.marks)
            assert len(run.lines) <= LINES


def test_overlapping_codings_have_lines_of_their_own() -> None:
    codings = [coding(1, 3, 12), coding(2, 7, 18)]
    found = [run.lines for run in runs(read_turns(TEXT, TURNS, codings)[0])]
    assert [[(mark.id, line) for line, mark in here] for here in found] == [
        [(1, 0)],
        [(1, 0), (2, 1)],
        [(2, 1)],
    ]


def test_a_coding_of_a_speaker_mark_alone_touches_no_turn() -> None:
    assert codings_by_turn(TURNS, [coding(1, 19, 22)]) == {}
    assert list(codings_by_turn(TURNS, [coding(1, 10, 36)])) == [1, 2, 3]


@given(spans)
def test_a_piece_of_the_text_is_cut_as_the_whole_is(spans) -> None:
    codings = [coding(n, *span) for n, span in enumerate(spans, start=1)]
    whole = read_turns(TEXT, TURNS, codings)
    piece = read_turns(TEXT[19:], TURNS[1:], codings, 19)
    assert [t.marks for t in piece] == [t.marks for t in whole[1:]]
    assert [t.spoken.words for t in piece] == [t.spoken.words for t in whole[1:]]
    assert piece[1].spoken.before == whole[2].spoken.before
