"""Every place of a text is known exactly after names in it were replaced."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.pseudonyms.forms import pattern
from coding.pseudonyms.replacing import Edit, Replaced, apart, key_of, replace

LETTERS = st.text("abc 🎉ł\n", max_size=40)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(LETTERS)
    edits = [
        Edit(min(a, b), max(a, b), new)
        for a, b, new in draw(
            st.lists(
                st.tuples(
                    st.integers(0, len(text)), st.integers(0, len(text)),
                    st.text("XYZ", min_size=1, max_size=6),
                ),
                max_size=5,
            )
        )
        if a != b
    ]  # fmt: skip
    return text, edits


@given(edited(), st.data())
def test_a_passage_says_the_same_save_for_what_was_replaced(given_text, data) -> None:
    text, edits = given_text
    new = Replaced(text, edits)
    a = data.draw(st.integers(0, len(text)))
    b = data.draw(st.integers(a, len(text)))
    # Letter by letter, by another way: mark each letter with what stands for it.
    stands = list(text)
    for edit in new.edits:
        stands[edit.start : edit.end] = [edit.new] + [""] * (edit.end - edit.start - 1)
    assert new.text == "".join(stands)
    cut = [edit for edit in new.edits if edit.start < b and a < edit.end]
    first = min([a, *(edit.start for edit in cut)])
    last = max([b, *(edit.end for edit in cut)])
    if a < b:
        assert new.text[new.start(a) : new.end(b)] == "".join(stands[first:last])


@given(edited())
def test_passages_keep_their_order(given_text) -> None:
    text, edits = given_text
    new = Replaced(text, edits)
    starts = [new.start(place) for place in range(len(text) + 1)]
    ends = [new.end(place) for place in range(len(text) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(start <= end for start, end in zip(starts, ends, strict=True))


def test_of_two_that_overlap_the_longer_is_made() -> None:
    assert apart([Edit(0, 7, "A"), Edit(0, 13, "B"), Edit(8, 13, "C")]) == [Edit(0, 13, "B")]


@pytest.mark.parametrize(
    ("form", "text", "count"),
    [
        ("Siobhan Kelly", "SIOBHAN  KELLY and siobhan\nkelly; Siobhan_Kelly.docx", 3),
        ("Mark", "Mark my words; the market; mark, Marking; mark's", 3),
        ("O'Brien", "O’Brien and O'Brien", 2),
        ("07700 900123", "07700 900123 and 107700 9001234", 1),
        ("[Person 1]", "[Person 1], [person 12]", 1),
        ("Małgorzata", json.dumps(["Małgorzata"]), 1),
    ],
)
def test_forms_are_found_whole(form: str, text: str, count: int) -> None:
    found = pattern([form])
    assert len(found.findall(text)) == count
    assert replace(text, found, {key_of(form): "X"}).count("X") == count


def test_exact_forms_mind_capitals() -> None:
    found = pattern((), ["Will"])
    assert replace("Will will come", found, {"will": "[Person 1]"}) == "[Person 1] will come"
