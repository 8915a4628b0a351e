import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.changing import change_coding
from coding.codings import add_coding, list_codings
from coding.errors import BadInput, NotFound, QuoteMismatch
from coding.memos import list_memos, set_memo
from coding.transcripts import import_transcript, preview, text
from linkage.study import writing


@pytest.fixture
def coded(stored):
    """The talk with the word “lane” coded as Clean-ups by coder 1, with a memo."""
    start = text(stored, 1).index("lane")
    with writing(stored, "test", "code"):
        add_coding(stored, 1, 2, 1, start, start + 4, "lane")
        set_memo(stored, 1, "Look here", coding_id=1)
    return stored


def change(db, coder_id=1, **fresh):
    with writing(db, "test", "change"):
        change_coding(db, 1, coder_id, **fresh)
    (row,) = [row for row in list_codings(db) if row["id"] == 1]
    return row


def at(db, quote):
    start = text(db, 1).index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote}


def test_another_code_keeps_words_and_memo(coded):
    row = change(coded, code_id=1)
    assert (row["code"], row["quote"], row["memo"]) == ("Doing it together", "lane", "Look here")


def test_other_words_keep_code_and_memo(coded):
    row = change(coded, **at(coded, "the lane. 🎉"))
    assert (row["code"], row["quote"]) == ("Clean-ups", "the lane. 🎉")
    assert [memo["coding_id"] for memo in list_memos(coded)] == [1]


def test_a_quote_that_differs_changes_nothing(coded):
    with pytest.raises(QuoteMismatch):
        change(coded, **at(coded, "lane") | {"quote": "Lane"})
    assert list_codings(coded)[0]["quote"] == "lane"


def test_half_a_passage_is_refused(coded):
    with pytest.raises(BadInput, match="all three"):
        change(coded, start=3)


def test_anothers_coding_is_not_changed(coded):
    with writing(coded, "test", "another"):
        coded.table("coder").insert({"guid": "other", "name": "Ben"})
    with pytest.raises(BadInput, match="somebody else"):
        change(coded, coder_id=coded.table("coder").count, code_id=1)


def test_what_stands_there_already_is_not_made_twice(coded):
    with writing(coded, "test", "second"):
        add_coding(coded, 1, 1, 1, *at(coded, "lane").values())
    with pytest.raises(BadInput, match="already"):
        change(coded, code_id=1)


def test_an_unknown_code_is_missing(coded):
    with pytest.raises(NotFound):
        change(coded, code_id=99)


PIECES = ("ab", " ", "\u00a0", "e\u0301", "🎉", "👩‍👩‍👧", "שלום", "\u202e", "don’t", ". ")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=2, max_size=40), data=st.data())
def test_any_passage_can_become_any_other(stored, tmp_path, pieces, data):
    (tmp_path / "t.txt").write_text(f"Anna: x{''.join(pieces)}\nBen: y", encoding="utf-8")
    with writing(stored, "test", "code") as db:
        number = import_transcript(db, preview(tmp_path / "t.txt"), 1, title="Any")
        told = text(db, number)
        places = st.lists(st.integers(0, len(told)), min_size=2, max_size=2, unique=True)
        spans = [sorted(data.draw(places)) for _ in range(2)]
        coding = add_coding(db, number, 1, 1, *spans[0], told[slice(*spans[0])])
        start, end = spans[1]
        change_coding(db, coding, 1, start=start, end=end, quote=told[start:end])
        (row,) = list_codings(db, number)
        assert row["quote"] == told[row["start"] : row["end"]] == told[start:end]
        db.table("transcript").delete(number)


def test_a_turn_of_40_000_characters_is_coded_at_its_end(stored, tmp_path):
    (tmp_path / "long.txt").write_text(f"Anna: {'é🎉 wide ' * 4500}שלום end\nBen: y", "utf-8")
    with writing(stored, "test", "code") as db:
        number = import_transcript(db, preview(tmp_path / "long.txt"), 1, title="Long")
        start = text(db, number).index("שלום")
        assert start > 36_000
        add_coding(db, number, 1, 1, start, start + 8, "שלום end")
    assert [row["quote"] for row in list_codings(db, number)] == ["שלום end"]
