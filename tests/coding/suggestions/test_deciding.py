"""Accepting codes, rejecting is remembered, and what is stale stores nothing."""

import pytest

from coding.codings import list_codings
from coding.errors import BadInput, Conflict, QuoteMismatch
from coding.suggestions import reviewing
from coding.suggestions.acceptance import (
    acceptance_by_code,
    acceptance_by_probability,
    acceptance_by_week,
    acceptance_frame,
    list_decisions,
)
from coding.suggestions.deciding import Place, accept, bring_back, decide_all, grow, reject
from linkage.study import writing
from linkage.undo import undo

from .lane import place_of

BEN = 2


def decided(db) -> list[tuple]:
    return [(row["quote"], row["code"], row["decision"]) for row in list_decisions(db)]


def test_accepting_makes_the_persons_own_coding(suggested) -> None:
    at = place_of(suggested, "It stayed clean.")
    with writing(suggested, "Ben", "accept"):
        made = accept(suggested, BEN, at)
    (coding,) = list_codings(suggested, ids=[made["coding_id"]])
    assert (coding["coder"], coding["quote"], coding["code"]) == ("Ben", at.quote, "Clean-ups")
    (row,) = suggested.table("suggestion_decision").rows
    assert (row["model"], row["probability"], row["coding_id"]) == (
        "a model 1.0", 0.93, made["coding_id"],
    )  # fmt: skip


def test_one_undo_takes_back_one_decision(suggested) -> None:
    for words, code in [("It stayed clean.", 2), ("An hour helps.", 1)]:
        with writing(suggested, "Ben", f"accept {words}"):
            accept(suggested, BEN, place_of(suggested, words, code))
    with writing(suggested, "Ben", "undo"):
        undo(suggested, "Ben")
    assert decided(suggested) == [("It stayed clean.", "Clean-ups", "accepted")]
    assert len(list_codings(suggested)) == 2
    assert reviewing.count_open(suggested) == 2


def test_a_page_is_decided_and_undone_as_one_change(suggested) -> None:
    places = [place_of(suggested, "It stayed clean."), place_of(suggested, "An hour helps.", 1)]
    with writing(suggested, "Ben", "accept 2"):
        assert decide_all(suggested, BEN, "accepted", places) == 2
    with writing(suggested, "Ben", "undo"):
        undo(suggested, "Ben")
    assert (decided(suggested), len(list_codings(suggested))) == ([], 1)


def test_a_page_with_one_stale_suggestion_stores_nothing(suggested) -> None:
    at = place_of(suggested, "It stayed clean.")
    with writing(suggested, "Ana", "reject"):
        reject(suggested, 1, at)
    places = [place_of(suggested, "An hour helps.", 1), at]
    with pytest.raises(Conflict, match="Nothing of these is stored"), \
            writing(suggested, "Ben", "all"):  # fmt: skip
        decide_all(suggested, BEN, "accepted", places)
    assert len(list_codings(suggested)) == 1


def test_the_second_of_two_is_told_who_was_first(suggested) -> None:
    at = place_of(suggested, "It stayed clean.")
    with writing(suggested, "Ana", "accept"):
        accept(suggested, 1, at)
    for act in (accept, reject):
        with pytest.raises(Conflict, match="Ana has accepted"), writing(suggested, "Ben", "x"):
            act(suggested, BEN, at)


def test_a_rejection_is_remembered_and_brought_back(suggested) -> None:
    with writing(suggested, "Ben", "reject"):
        number = reject(suggested, BEN, place_of(suggested, "It stayed clean."))["id"]
    assert reviewing.count_open(suggested) == 2
    with writing(suggested, "engine", "learn again"):
        suggested.execute("DELETE FROM open_suggestion")
    with writing(suggested, "Ben", "bring back"):
        bring_back(suggested, number)
    assert [row["probability"] for row in reviewing.list_open(suggested)] == [0.93]


def test_another_code_counts_as_rejected(suggested) -> None:
    at = place_of(suggested, "It stayed clean.")
    with writing(suggested, "Ben", "another"):
        number = accept(suggested, BEN, at, code_id=1)["id"]
    (row,) = list_decisions(suggested)
    assert (row["decision"], row["code"], row["coded_as"]) == (
        "rejected", "Clean-ups", "Doing it together",
    )  # fmt: skip
    with pytest.raises(BadInput, match="another code"), writing(suggested, "Ben", "back"):
        bring_back(suggested, number)


def test_other_words_must_hold_some_of_those_suggested(suggested) -> None:
    at = place_of(suggested, "stayed clean")
    sentence = grow(suggested, at, "sentence")
    assert sentence
    assert sentence[2] == "It stayed clean."
    turn = grow(suggested, at, "turn")
    assert turn
    assert turn[2].startswith("We cleared the lane.")
    with pytest.raises(BadInput, match="some of those"), writing(suggested, "Ben", "far"):
        accept(suggested, BEN, place_of(suggested, "It stayed clean."), words=(0, 3, "Fac"))
    with pytest.raises(Conflict, match="already"), writing(suggested, "Ben", "coded"):
        accept(suggested, BEN, place_of(suggested, "It stayed clean."), words=turn)


def test_stale_words_and_gone_suggestions_store_nothing(suggested) -> None:
    at = place_of(suggested, "It stayed clean.")
    wrong = Place(at.transcript_id, at.code_id, at.start, at.end, "It stayed dirty.")
    for place, kind, words in [
        (wrong, QuoteMismatch, "says something else"),
        (place_of(suggested, "stayed"), Conflict, "no longer there"),
    ]:
        with pytest.raises(kind, match=words), writing(suggested, "Ben", "accept"):
            accept(suggested, BEN, place)
    with writing(suggested, "Ana", "delete the code"):
        suggested.execute("DELETE FROM coding")
        suggested.execute("DELETE FROM code WHERE id = 2")
    with pytest.raises(Conflict, match="no longer there"), writing(suggested, "Ben", "accept"):
        accept(suggested, BEN, at)
    assert decided(suggested) == []


def test_acceptance_has_its_denominators(suggested) -> None:
    with writing(suggested, "Ben", "decide"):
        accept(suggested, BEN, place_of(suggested, "It stayed clean."))
        reject(suggested, BEN, place_of(suggested, "An hour helps."))
    assert [(row["code"], row["accepted"], row["decided"], row["rate"])
            for row in acceptance_by_code(suggested)] == [("Clean-ups", 1, 2, 0.5)]  # fmt: skip
    (week,) = acceptance_by_week(suggested)
    assert (week["accepted"], week["decided"]) == (1, 2)
    told = [(row["low"], row["high"], row["accepted"], row["decided"])
            for row in acceptance_by_probability(suggested)]  # fmt: skip
    assert told == [(0.25, 0.5, 0, 1), (0.9, 1.0, 1, 1)]
    assert list(acceptance_frame(suggested).columns) == ["code", "accepted", "decided", "rate"]
