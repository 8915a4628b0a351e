"""Transcripts for double coding are drawn by area and seed; sentences end at their marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.double_coding import choose_transcripts, chosen_transcripts, draw
from coding.errors import BadInput
from coding.sentences import sentences
from linkage.study import writing

SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=6)


@given(SIZES, st.integers(0, 1000), st.data())
def test_each_area_gives_its_share(sizes: list[int], seed: int, data) -> None:
    by_area = {f"a{n}": list(range(100 * n, 100 * n + size)) for n, size in enumerate(sizes)}
    number = data.draw(st.integers(1, sum(sizes)))
    chosen = draw(by_area, number, seed)
    assert len(set(chosen)) == number
    assert chosen == draw(by_area, number, seed)
    each = [sum(1 for one in chosen if one // 100 == n) for n in range(len(sizes))]
    if number >= len(sizes):
        assert min(each) >= 1
    exact = [number * size / sum(sizes) for size in sizes]
    assert all(
        abs(got - share) <= max(1, len(sizes) - 1) for got, share in zip(each, exact, strict=True)
    )


def test_a_choice_is_stored_and_replaced(stored) -> None:
    with writing(stored, "test", "choose"):
        assert choose_transcripts(stored, 7, 1, share=0.2) == [1]
        assert choose_transcripts(stored, 8, 1, number=1) == [1]
    assert chosen_transcripts(stored)[1]["seed"] == 8
    with pytest.raises(BadInput, match="1 to 1"), writing(stored, "test", "choose"):
        choose_transcripts(stored, 7, 1, number=2)


def test_sentences_end_at_their_marks() -> None:
    words = "Well. “It stayed clean!” he said… 3.5 hours\nNo end"
    found = [words[start:end] for start, end in sentences(words, 0, len(words))]
    assert found == ["Well.", "“It stayed clean!”", "he said…", "3.5 hours", "No end"]
    assert [words[s:e] for s, e in sentences(words, 6, 20)] == ["“It stayed cle"]
