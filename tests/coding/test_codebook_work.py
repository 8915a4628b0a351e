"""Move, merge, split and count codes; undo puts everything back exactly."""

import pytest

from coding import codebook_merging as merging
from coding import colours
from coding.codebook import PALETTE, add_code, codebook, get_code, update_code
from coding.codebook_moving import move_code, step_code
from coding.codebook_splitting import plan_split, split_code
from coding.codebook_usage import Usage, usage
from coding.codings import add_coding, list_codings
from coding.errors import BadInput, Conflict
from coding.framework import set_summary
from coding.memos import list_memos, set_memo
from linkage.areas import ensure_coder
from linkage.history import changes_since
from linkage.restoring import restore
from linkage.study import writing
from linkage.undo import redo, undo


def change(db, run, who="ana"):
    with writing(db, who, "change"):
        return run(db)


def everything(db):
    kinds = ("code", "coding", "memo")
    return {
        kind: [{k: v for k, v in row.items() if k != "revision"} for row in db.table(kind).rows]
        for kind in kinds
    }


@pytest.fixture
def book(stored):
    """Themes 1 and 3, 2 nested under 1, 4 under 2; Ana and Bo coded the same words twice over."""

    def fill(db):
        add_code(db, "Time", definition="Hours.")
        add_code(db, "Saturdays", parent_id=2)
        ana, bo = ensure_coder(db, "Ana"), ensure_coder(db, "Bo")
        for code, coder in ((1, ana), (2, ana), (2, bo), (3, ana), (4, bo)):
            add_coding(db, 1, code, coder, 0, 11, "Facilitator")
        set_memo(db, ana, "on the nested", coding_id=2)
        set_memo(db, ana, "on the theme", coding_id=1)
        set_memo(db, bo, "on the code", code_id=2)

    change(stored, fill, "test")
    return stored


def test_merging_says_before_what_becomes_one(book):
    plan = merging.plan_merge(book, {2, 3}, 3)
    assert (len(plan.codings.moves), plan.codings.doubles) == (1, ((2, 4),))
    assert (plan.code_memos, plan.codings.memos, [r["id"] for r in plan.nested]) == (1, 1, [4])


def test_all_of_the_merged_goes_to_the_survivor_and_undo_puts_back_exactly(book):
    before = everything(book)
    change(book, lambda db: merging.merge_codes(db, {2, 3}, 3, {2: 1, 3: 1}, definition="Both"))
    assert [(r["path"], r["own_codings"]) for r in codebook(book)] == [
        ("Doing it together", 1), ("Time", 2), ("Time › Saturdays", 1),
    ]  # fmt: skip
    assert get_code(book, 3)["definition"] == "Both"
    assert {m["text"] for m in list_memos(book, code_id=3)} == {"on the nested", "on the code"}
    after = everything(book)
    change(book, lambda db: undo(db, "ana"))
    assert everything(book) == before
    change(book, lambda db: redo(db, "ana"))
    assert everything(book) == after


def test_the_merged_away_code_comes_back_from_the_history(book):
    change(book, lambda db: merging.merge_codes(db, {2, 3}, 3))
    last = changes_since(book, 0)[-1]["change"]
    change(book, lambda db: restore(db, last))
    assert get_code(book, 2)["name"] == "Clean-ups"


def test_a_nested_survivor_takes_the_place_of_its_theme(book):
    before = everything(book)
    change(book, lambda db: merging.merge_codes(db, {1, 4}, 4, name="Doing it together"))
    assert [r["path"] for r in codebook(book)][:2] == [
        "Doing it together", "Doing it together › Clean-ups",
    ]  # fmt: skip
    change(book, lambda db: undo(db, "ana"))
    assert everything(book) == before


@pytest.mark.parametrize(
    ("codes", "into", "says"), [({1}, 1, "at least two"), ({1, 2}, 3, "one of those merged")]
)
def test_what_cannot_be_merged_says_why(book, codes, into, says):
    with pytest.raises(BadInput, match=says):
        merging.plan_merge(book, codes, into)


def test_nested_codes_of_one_name_are_not_thrown_together(book):
    change(book, lambda db: add_code(db, "saturdays", parent_id=3))
    with pytest.raises(BadInput, match="Two of the codes have a nested code"):
        merging.plan_merge(book, {2, 3}, 3)


def test_a_code_changed_meanwhile_is_not_merged(book):
    change(book, lambda db: update_code(db, 2, 1, definition="New"))
    with pytest.raises(Conflict, match="changed the code “Clean-ups” meanwhile"):
        change(book, lambda db: merging.merge_codes(db, {2, 3}, 3, {2: 1}))


def test_chosen_codings_go_to_a_new_code_and_back_by_undo(book):
    before = everything(book)
    plan = plan_split(book, 2, [3])
    assert (plan.chosen, plan.of, plan.coders, plan.transcripts) == (1, 2, 1, 1)
    made = change(book, lambda db: split_code(db, 2, [3], name="Litter", nest=True, revision=1))
    assert get_code(book, made)["parent_id"] == 2
    assert [row["code_id"] for row in list_codings(book, code_id=made)] == [made]
    change(book, lambda db: undo(db, "ana"))
    assert everything(book) == before


def test_a_split_to_a_code_that_has_the_words_already_tells_so(book):
    plan = plan_split(book, 2, [2, 3], 3)
    assert (plan.codings.doubles, plan.codings.moves) == (((2, 4),), (3,))
    with pytest.raises(Conflict, match="changed the codings"):
        plan_split(book, 2, [4])


def test_codes_are_put_in_order_and_nested(book):
    change(book, lambda db: move_code(db, 3, None, before_id=1, revision=1))
    assert [r["id"] for r in codebook(book)] == [3, 1, 2, 4]
    change(book, lambda db: step_code(db, 3, 1))
    assert [r["id"] for r in codebook(book)] == [1, 2, 4, 3]
    change(book, lambda db: move_code(db, 3, 2, before_id=4))
    assert [r["id"] for r in codebook(book)] == [1, 2, 3, 4]
    with pytest.raises(BadInput, match="stands last already"):
        change(book, lambda db: step_code(db, 4, 1))
    with pytest.raises(BadInput, match="under itself"):
        change(book, lambda db: move_code(db, 1, 4))


def test_usage_counts_people_and_places_once(book):
    assert usage(book) == {
        1: Usage(4, 1, 1, 0), 2: Usage(3, 1, 1, 0), 3: Usage(1, 1, 1, 0), 4: Usage(1, 1, 1, 0),
    }  # fmt: skip


def test_the_contrast_is_wcags():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # WebAIM


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#000000", "#7fd0ff", "#00ff00"])
def test_a_faint_colour_is_refused_with_the_nearest_that_passes(book, colour):
    with pytest.raises(BadInput, match=colours.nearest_passing(colour)):
        change(book, lambda db: update_code(db, 1, 1, colour=colour))
    assert colours.passes(colours.nearest_passing(colour))


def test_the_palette_passes():
    assert all(colours.passes(colour) for colour in PALETTE)


def test_what_the_framework_says_of_a_code_survives_its_merge(book):
    group = next(iter(book.table("focus_group").rows))["id"]
    change(book, lambda db: set_summary(db, 1, "group", group, 3, "Of time.", 0))
    change(book, lambda db: merging.merge_codes(db, {1, 3}, 1))
    (row,) = book.table("framework_summary").rows
    assert (row["code_id"], row["summary"]) == (1, "Of time.")
