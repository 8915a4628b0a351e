"""While the codebook is closed no code changes, by whatever way; passages can still be coded."""

import pytest

from coding import codebook
from coding.codebook_closing import CLOSED, close_codebook, closing, open_codebook
from coding.codebook_example import use_as_example
from coding.codebook_merging import merge_codes
from coding.codebook_moving import move_code, step_code
from coding.codebook_splitting import split_code
from coding.codings import add_coding
from coding.errors import BadInput
from linkage.areas import ensure_coder
from linkage.restoring import restore
from linkage.study import writing
from linkage.undo import undo


def change(db, run, kind="do"):
    with writing(db, "ana", "change", kind=kind):
        return run(db)


@pytest.fixture
def closed(stored):
    """Themes 1, 3 and 4, 2 nested under 1; 5 was deleted, and coding 1 is on code 2."""
    for name in ("Time", "Place", "Gone"):
        change(stored, lambda db, name=name: codebook.add_code(db, name))
    change(stored, lambda db: add_coding(db, 1, 2, ensure_coder(db, "Ana"), 0, 11, "Facilitator"))
    change(stored, lambda db: codebook.delete_code(db, 5))
    change(stored, lambda db: close_codebook(db, 1), "fixed")
    return stored


def last_deletion(db):
    found = db.execute("SELECT max(change_id) FROM change_row WHERE operation = 'delete'")
    return found.fetchone()[0]


@pytest.mark.parametrize(
    "run",
    [
        lambda db: codebook.add_code(db, "New"),
        lambda db: codebook.update_code(db, 3, 1, definition="Hours."),
        lambda db: codebook.delete_code(db, 4),
        lambda db: move_code(db, 3, None, before_id=1),
        lambda db: step_code(db, 3, 1),
        lambda db: merge_codes(db, {3, 4}, 3),
        lambda db: split_code(db, 2, [1], to_id=3),
        lambda db: split_code(db, 2, [1], name="New"),
        lambda db: undo(db, "ana"),
        lambda db: restore(db, last_deletion(db)),
    ],
)
def test_no_code_changes_while_the_codebook_is_closed(closed, run):
    before = codebook.codebook(closed)
    with pytest.raises(BadInput) as refused:
        change(closed, run)
    assert str(refused.value) == CLOSED
    assert codebook.codebook(closed) == before


def test_passages_are_coded_while_the_codebook_is_closed(closed):
    change(closed, lambda db: add_coding(db, 1, 3, 1, 0, 11, "Facilitator"))
    assert codebook.codebook(closed)[2]["own_codings"] == 1


def test_who_closed_it_stays_on_record_when_it_is_opened_again(closed):
    assert (closing(closed) or {})["closed_by_name"] == "Ana"
    with pytest.raises(BadInput, match="closed already"):
        change(closed, lambda db: close_codebook(db, 1))
    change(closed, lambda db: open_codebook(db, 1), "fixed")
    change(closed, lambda db: codebook.add_code(db, "New"))
    assert closed.table("codebook_closing").count_where("opened_by = 1") == 1
    with pytest.raises(BadInput, match="not closed"):
        change(closed, lambda db: open_codebook(db, 1))


def test_no_quote_becomes_an_example_while_the_codebook_is_closed(closed):
    with pytest.raises(BadInput, match="The codebook is closed"):
        change(closed, lambda db: use_as_example(db, 2, 1))
