"""What was deleted comes back, whoever deleted it, with all that hung on it."""

import pytest
from sqlite_utils import Database

from coding import codebook, memos, transcripts
from coding.errors import BadInput
from linkage.changes import Wanted, list_changes
from linkage.restoring import Missing, deletions, restore
from linkage.study import writing
from linkage.undo import undo
from linkage.verifying import verify


@pytest.fixture
def coded(study: Database, east: int, mark) -> Database:
    with writing(study, "ana", "theme"):
        theme = codebook.add_code(study, "Together")
        codebook.add_code(study, "Clean-ups", theme)
    coding = mark(east, 2, "We planted bulbs there.")
    with writing(study, "ana", "memo"):
        memos.set_memo(study, 1, "Bulbs again", coding_id=coding)
    return study


def delete(db: Database, *codes: int) -> int:
    with writing(db, "tom", "delete"):
        for code_id in codes:
            codebook.delete_code(db, code_id)
    return int(list_changes(db, Wanted())[0]["id"])


def bring_back(db: Database, change_id: int) -> int:
    with writing(db, "ana", "bring back"):
        return restore(db, change_id)


def everything(db: Database) -> list[list[dict[str, object]]]:
    return [list(db.table(name).rows) for name in ("code", "coding", "memo")]


def test_a_code_comes_back_with_codings_memos_and_nested_codes(coded: Database) -> None:
    before = everything(coded)
    gone = delete(coded, 2, 1)
    assert deletions(coded, [gone]) == {gone: ["code “Together”", "code “Clean-ups”"]}
    assert bring_back(coded, gone) == 0
    assert everything(coded) == before
    assert deletions(coded, [gone]) == {}
    assert verify(coded) == []


def test_bringing_back_can_be_undone(coded: Database) -> None:
    gone = delete(coded, 2)
    bring_back(coded, gone)
    with writing(coded, "ana", "undo"):
        undo(coded, "ana")
    assert coded.table("coding").count == 0


def test_what_is_there_is_not_brought_back_twice(coded: Database) -> None:
    gone = delete(coded, 2)
    bring_back(coded, gone)
    with pytest.raises(BadInput, match="is there already"):
        bring_back(coded, gone)


def test_a_taken_name_is_refused_with_what_to_do(coded: Database) -> None:
    gone = delete(coded, 2)
    with writing(coded, "ana", "again"):
        codebook.add_code(coded, "clean-ups", 1)
    with pytest.raises(BadInput, match="another code “Clean-ups” at this place now; rename"):
        bring_back(coded, gone)


def test_a_parent_that_is_gone_comes_first(coded: Database) -> None:
    child, parent = delete(coded, 2), delete(coded, 1)
    with pytest.raises(Missing, match="belonged to the code “Together”") as refused:
        bring_back(coded, child)
    assert refused.value.change_id == parent
    bring_back(coded, parent)
    bring_back(coded, child)
    assert coded.table("memo").count == 1


def test_a_transcript_comes_back_with_its_turns_and_codings(coded: Database, east: int) -> None:
    before, turns = everything(coded), transcripts.list_turns(coded, east)
    with writing(coded, "tom", "delete"):
        transcripts.delete_transcript(coded, east)
    bring_back(coded, list_changes(coded, Wanted())[0]["id"])
    assert everything(coded) == before
    assert transcripts.list_turns(coded, east) == turns


def test_a_coding_whose_words_have_changed_is_left_out(coded: Database, east: int) -> None:
    gone = delete(coded, 2)
    text = transcripts.text(coded, east).replace("planted", "pulled ")
    with writing(coded, "ana", "correct"):
        row = {"transcript_id": east, "version": 2, "start": 0, "text": text}
        coded.table("transcript_text").insert(row)
        coded.table("transcript").update(east, {"text_version": 2})
    assert bring_back(coded, gone) == 1
    assert (coded.table("code").count, coded.table("memo").count) == (2, 0)
