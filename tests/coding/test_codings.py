import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from coding.codings import add_coding, list_codings, remove_coding
from coding.errors import BadInput, Conflict, NotFound, QuoteMismatch
from coding.memos import list_memos, set_memo
from coding.queries import coded_turns, spoken_turns
from coding.transcripts import import_transcript, list_transcripts, preview, text
from linkage.study import prepare_study, writing


def code(study, quote, code_id=2):
    start = text(study, 1).index(quote)
    with writing(study, "test", "code"):
        return add_coding(study, 1, code_id, 1, start, start + len(quote), quote)


def test_a_coding_is_listed_with_its_place(stored):
    coding = code(stored, "cleared the lane. 🎉")
    (row,) = list_codings(stored)
    columns = "id transcript turn code theme coder start end quote speaker area"
    assert list(row)[:11] == columns.split()
    assert (row["id"], row["turn"], row["speaker"], row["area"]) == (coding, 2, "Maureen", "east")
    assert (row["code"], row["theme"], row["turns"]) == ("Clean-ups", "Doing it together", 1)


def test_a_coding_may_cross_turns_and_is_the_first_ones(stored):
    code(stored, "stayed clean.\nJoyce: I’ve not")
    (row,) = list_codings(stored)
    assert (row["turn"], row["speaker"], row["turns"]) == (2, "Maureen", 2)


def test_the_very_same_coding_again_is_the_one_there_is(stored):
    assert code(stored, "lane") == code(stored, "lane")
    assert len(list_codings(stored)) == 1


def test_nested_codes_are_taken_in(stored):
    code(stored, "lane")
    code(stored, "An hour", code_id=1)
    assert len(list_codings(stored, code_id=1)) == 2
    assert len(list_codings(stored, code_id=2)) == 1
    assert list_codings(stored, area_id=2) == []


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (9, 2), (0, 10**6), (0, 2**70)])
def test_a_passage_outside_the_text_is_refused(stored, start, end):
    with writing(stored, "test", "code"), pytest.raises(BadInput, match="not in the transcript"):
        add_coding(stored, 1, 2, 1, start, end, "x")


def test_a_quote_that_differs_is_refused_and_nothing_is_stored(stored):
    with writing(stored, "test", "code"), pytest.raises(QuoteMismatch):
        add_coding(stored, 1, 2, 1, 0, 4, "Face")
    assert list_codings(stored) == []


@pytest.mark.parametrize("ids", [(9, 2, 1), (1, 9, 1), (1, 2, 9)])
def test_what_a_coding_refers_to_must_be_there(stored, ids):
    with writing(stored, "test", "code"), pytest.raises(NotFound):
        add_coding(stored, *ids, 0, 4, "Faci")


def test_a_coding_is_removed_with_its_memo(stored):
    coding = code(stored, "lane")
    with writing(stored, "test", "memo"):
        set_memo(stored, 1, "Look here", coding_id=coding)
    assert list_codings(stored)[0]["memo"] == "Look here"
    with writing(stored, "test", "remove"):
        remove_coding(stored, coding)
    assert (list_codings(stored), list_memos(stored)) == ([], [])


def test_a_memo_is_replaced_and_a_blank_one_removed(stored):
    with writing(stored, "test", "memo"):
        memo = set_memo(stored, 1, "one", transcript_id=1)
        assert set_memo(stored, 1, "two", transcript_id=1, revision=1) == memo
        with pytest.raises(Conflict):
            set_memo(stored, 1, "three", transcript_id=1, revision=1)
        set_memo(stored, 1, "On all", code_id=1)
    assert [(m["on"], m["text"]) for m in list_memos(stored)] == [
        ("code", "On all"),
        ("transcript", "two"),
    ]
    with writing(stored, "test", "memo"):
        assert set_memo(stored, 1, " ", transcript_id=1) is None
    assert len(list_memos(stored)) == 1


def test_every_turn_is_a_denominator(stored):
    turns = spoken_turns(stored)
    assert [(t["words"], t["role"], t["issue_id"]) for t in turns] == [
        (3, "moderator", 3),
        (7, "participant", 3),
        (5, "participant", 3),
        (3, "participant", 3),
    ]
    assert spoken_turns(stored, "test") == []


def test_a_coding_touches_turns_by_their_words_and_not_by_their_marks(stored):
    coding = code(stored, "stayed clean.\nJoyce: ")
    (pair,) = coded_turns(stored)
    assert (pair["coding_id"], pair["code_id"], pair["theme_id"]) == (coding, 2, 1)
    code(stored, "stayed clean.\nJoyce: I")
    assert len(coded_turns(stored)) == 3
    assert list_transcripts(stored)[0]["share_coded"] == pytest.approx(2 / 3)


def test_a_coding_between_turns_touches_none(stored, talk):
    talk.write_text("Anna: a\nQuestion 2.\nBen: b")
    with writing(stored, "test", "gap"):
        second = import_transcript(stored, preview(talk), 1, title="Gap")
        add_coding(stored, second, 2, 1, 8, 16, "Question")
    (row,) = list_codings(stored)
    assert (row["turn"], row["turns"], row["speaker"]) == (None, 0, None)
    assert coded_turns(stored) == []


@pytest.fixture(scope="module")
def shared_study(tmp_path_factory):
    db = prepare_study(tmp_path_factory.mktemp("coding") / "study.db")
    with writing(db, "test", "set up"):
        db.table("area").insert({"key": "e", "name": "E", "position": 1})
        db.table("coder").insert({"guid": "g", "name": "Ana"})
        group = {"area_id": 1, "name": "G"}
        db.table("focus_group").insert(group)
        db.table("code").insert({"guid": "c", "name": "C", "colour": "#000000", "created_at": ""})
    yield db
    db.close()


@given(
    words=st.text(st.sampled_from("ab é\u0301🎉👩‍👩‍👧שלום\u202e"), min_size=1, max_size=30),
    data=st.data(),
)
def test_a_quote_is_the_text_from_start_to_end(
    shared_study: Database, words, data, tmp_path_factory
):
    path = tmp_path_factory.mktemp("talk") / "t.txt"
    path.write_text(f"Anna: x{words}\nBen: y", encoding="utf-8")
    with writing(shared_study, "test", "code") as db:
        number = import_transcript(db, preview(path), 1, title=path.parent.name)
        told = text(db, number)
        start = data.draw(st.integers(0, len(told) - 1))
        end = data.draw(st.integers(start + 1, len(told)))
        add_coding(db, number, 1, 1, start, end, told[start:end])
        assert [c["quote"] for c in list_codings(db, number)] == [told[start:end]]
        db.table("transcript").delete(number)
