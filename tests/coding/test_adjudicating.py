"""Differences between coders, decisions on them, and the agreed layer beside the codings."""

import pytest

from coding import codings
from coding.adjudicating import agreed_layer, decide, list_differences, withdraw
from coding.errors import BadInput, Conflict
from coding.finishing import finish
from coding.queries import coded_turns
from coding.transcripts import text
from linkage.areas import ensure_coder
from linkage.history import recorded_tables
from linkage.study import writing
from linkage.undo import undo

TOGETHER, CLEAN = 1, 2


@pytest.fixture
def both(stored):
    """Ana (1) and Bo (2) finished transcript 1: alike once, apart twice."""
    words = text(stored, 1)

    def put(coder: int, code: int, quote: str) -> int:
        start = words.index(quote)
        return codings.add_coding(stored, 1, code, coder, start, start + len(quote), quote)

    with writing(stored, "test", "code"):
        ensure_coder(stored, "Bo")
        for coder in (1, 2):
            put(coder, TOGETHER, "An hour helps.")
            finish(stored, 1, coder)
        put(1, CLEAN, "We cleared the lane.")
        put(2, CLEAN, "cleared the lane. 🎉")
        put(2, TOGETHER, "I’ve not got the Saturdays.")
    return stored, put


def settle(db, number: int, decision: str, **told) -> None:
    place = list_differences(db)[number].place
    with writing(db, "ana", f"decide {decision}"):
        decide(db, place, decision, 1, **told)


def quotes(db) -> list[tuple[str, str]]:
    return [(row["quote"], row["basis"]) for row in agreed_layer(db)]


def test_only_what_two_coders_finished_is_compared(both) -> None:
    db, _ = both
    found = list_differences(db)
    assert [(f.place.code_id, len(f.place.spans)) for f in found] == [(CLEAN, 2), (TOGETHER, 2)]
    with writing(db, "test", "reopen"):
        from coding.finishing import reopen

        reopen(db, 1, 2)
    assert list_differences(db) == []
    assert agreed_layer(db) == []


@pytest.mark.parametrize(
    ("decision", "told", "words"),
    [
        ("one", {"taken_id": 2}, ["cleared the lane. 🎉"]),
        ("all", {}, ["We cleared the lane. 🎉"]),
        ("none", {}, []),
        ("edited", {"words": "the lane"}, ["the lane"]),
    ],
)
def test_what_is_decided_joins_what_was_agreed(both, decision: str, told, words) -> None:
    db, _ = both
    settle(db, 0, decision, **told)
    expected = [(quote, "decided") for quote in words] + [("An hour helps.", "agreed")]
    assert quotes(db) == expected


def test_no_decision_touches_a_coding_or_a_count(both) -> None:
    db, _ = both
    before = codings.list_codings(db, 1), coded_turns(db)
    settle(db, 0, "all", note="Both mean the lane.")
    settle(db, 1, "none")
    assert (codings.list_codings(db, 1), coded_turns(db)) == before
    assert {"adjudication", "agreed_passage"} <= set(recorded_tables(db))


def test_a_decision_is_undone_and_taken_back(both) -> None:
    db, _ = both
    settle(db, 0, "all")
    settle(db, 0, "none")
    assert db.table("adjudication").count == 1
    with writing(db, "ana", "undo"):
        undo(db, "ana")
    assert ("We cleared the lane. 🎉", "decided") in quotes(db)
    with writing(db, "ana", "take back"):
        withdraw(db, list_differences(db)[0])
    assert db.table("agreed_passage").count == 0


def test_a_place_is_open_again_when_its_codings_change(both) -> None:
    db, put = both
    place = list_differences(db)[0].place
    settle(db, 0, "all")
    with writing(db, "test", "code"):
        put(1, CLEAN, "the lane. 🎉")
    found = list_differences(db)[0]
    assert (found.decision, found.overtaken["decision"]) == (None, "all")
    with writing(db, "ana", "decide"), pytest.raises(Conflict):
        decide(db, place, "none", 1)


def test_a_decision_moves_with_its_words(both) -> None:
    """As after a correction further up: all codings of the place moved alike."""
    db, _ = both
    settle(db, 1, "one", taken_id=2)
    place = list_differences(db)[1].place
    with writing(db, "test", "move"):
        db.execute(
            'UPDATE coding SET start = start + 3, "end" = "end" + 3 WHERE start = ?', [place.start]
        )
    found = list_differences(db)[1]
    assert found.place.start == place.start + 3
    assert found.decision["taken"] == "Bo"


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ("one", {"taken_id": 99}),
        ("edited", {"words": "Never said."}),
        ("edited", {}),
        ("maybe", {}),
    ],
)
def test_what_cannot_be_decided_is_refused(both, decision: str, told) -> None:
    db, _ = both
    with pytest.raises(BadInput):
        settle(db, 0, decision, **told)
    assert db.table("adjudication").count == 0
