"""What becomes of topics: kept until words change, dismissed by their words, made into codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.codings import list_codings
from coding.errors import BadInput, NotFound
from coding.speakers import list_speakers
from coding.topics import (
    Asked,
    bring_back,
    code_topic,
    dismiss,
    keep,
    kept_topics,
    last_asked,
    mark_dismissed,
    pick_quotes,
    why_stale,
)
from coding.topics.dismissing import _shared, words_of
from coding.topics.finding import find_topics
from linkage import undo
from linkage.study import writing

THREE = Asked(number=3)


@pytest.fixture
def kept(talked):
    found = find_topics(talked, THREE)
    with writing(talked, "test", "find topics"):
        keep(talked, THREE, found)
    return kept_topics(talked, THREE)


def test_topics_are_kept_as_they_were_found(talked, kept) -> None:
    assert kept.found == find_topics(talked, THREE)
    assert last_asked(talked) == THREE
    assert last_asked(talked, 2) is None
    assert kept_topics(talked, Asked(number=4)) is None
    assert why_stale(talked, kept) == ""


def test_they_are_stale_once_a_speaker_leads_or_the_model_changes(
    talked, kept, monkeypatch
) -> None:
    from coding.language import Model
    from coding.topics import keeping

    with writing(talked, "test", "role"):
        cath = next(row for row in list_speakers(talked) if row["name"] == "Cath")
        talked.table("speaker").update(cath["id"], {"role": "moderator"})
    assert "changed" in why_stale(talked, kept)
    monkeypatch.setattr(keeping, "installed_model", lambda: Model("x", "other", "1", vectors=False))
    assert "language model" in why_stale(talked, kept)


def test_a_dismissed_topic_is_known_again_under_another_number(talked, kept) -> None:
    with writing(talked, "test", "dismiss"):
        number = dismiss(talked, 1, words_of(kept.topics[0]))
        assert dismiss(talked, 1, reversed(words_of(kept.topics[0]))) == number
    again = find_topics(talked, Asked(number=3, seed=99))["topics"][::-1]
    hidden = mark_dismissed(talked, again)
    assert [row["id"] for row in hidden if row] == [number]
    place = next(at for at, row in enumerate(hidden) if row)
    assert len(set(words_of(again[place])) & set(words_of(kept.topics[0]))) >= 6
    assert mark_dismissed(talked, again, 2) == [None] * 3
    with writing(talked, "test", "bring back"):
        bring_back(talked, number)
        with pytest.raises(NotFound):
            bring_back(talked, number)
    assert mark_dismissed(talked, again) == [None] * 3


words = st.sets(st.sampled_from("abcdefghijklm"), min_size=1, max_size=10)


@given(words, words)
def test_likeness_is_a_share_and_the_same_both_ways(one, other) -> None:
    assert _shared(one, other) == _shared(other, one)
    assert 0 <= _shared(one, other) <= 1
    assert _shared(one, one) == 1


def test_one_dismissal_hides_one_topic(talked) -> None:
    same = {"words": [[w, 1.0] for w in ("bus", "route", "stop", "fare", "taxi")]}
    near = {"words": [[w, 1.0] for w in ("bus", "route", "stop", "fare", "road")]}
    with writing(talked, "test", "dismiss"):
        dismiss(talked, 1, words_of(same))
        with pytest.raises(BadInput):
            dismiss(talked, 1, [])
    assert [row is not None for row in mark_dismissed(talked, [near, same])] == [False, True]


def test_a_topic_becomes_a_code_in_one_change_and_one_undo(talked, kept) -> None:
    quotes = pick_quotes(talked, THREE, kept.topics)[0]
    with writing(talked, "ana", "make a code of a topic"):
        code = code_topic(talked, 1, " On the  bus ", quotes[:2], definition="Buses.")
    rows = list_codings(talked, code_id=code)
    assert {row["quote"] for row in rows} == {row["quote"] for row in quotes[:2]}
    assert {(row["coder"], row["code"]) for row in rows} == {("Ana", "On the bus")}
    with writing(talked, "ana", "undo", kind="do"):
        undo.undo(talked, "ana")
    assert not list_codings(talked)
    assert talked.table("code").count == 2


def test_a_code_without_quotes_is_not_made(talked) -> None:
    with pytest.raises(BadInput, match="Tick"), writing(talked, "ana", "make"):
        code_topic(talked, 1, "Empty", [])
    assert talked.table("code").count == 2
