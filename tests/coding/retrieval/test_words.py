"""Words by area, and what sets them apart."""

from math import log, sqrt

import pandas as pd
import pytest

from coding.errors import BadInput
from coding.retrieval import keyness, word_counts


def test_words_are_counted_with_their_speakers(coded) -> None:
    counts = word_counts(coded).set_index(["word", "area_id"])
    assert counts.loc[("lane", 1), ["count", "speakers"]].to_list() == [3, 2]
    assert counts.loc[("council", 2), ["count", "speakers"]].to_list() == [2, 2]
    assert counts.loc[("lane", 1), "words_total"] == 22


def test_moderator_and_stop_words_stay_out_unless_asked_for(coded) -> None:
    plain = set(word_counts(coded)["word"])
    assert not plain & {"what", "changed", "the"}
    assert "changed" in set(word_counts(coded, moderators=True)["word"])
    assert "the" in set(word_counts(coded, stop_words=True)["word"])


def counts(here: dict[str, int], there: dict[str, int]) -> pd.DataFrame:
    rows = [
        {"word": word, "area_id": area, "count": n, "speakers": 1, "words_total": 1000}
        for area, words in ((1, here), (2, there))
        for word, n in words.items()
    ]
    return pd.DataFrame(rows)


def test_log_odds_as_the_formula_of_the_article_says() -> None:
    here, there = {"lane": 10, "tea": 30}, {"lane": 2, "tea": 50, "bus": 8}
    found = keyness(counts(here, there), 1, prior=20, least=1).set_index("word")
    n, m = 40, 60
    for word in ("lane", "tea", "bus"):
        y, z = here.get(word, 0), there.get(word, 0)
        a = 20 * (y + z) / 100
        delta = log((y + a) / (n + 20 - y - a)) - log((z + a) / (m + 20 - z - a))
        assert found.loc[word, "log_odds"] == pytest.approx(delta)
        assert found.loc[word, "z"] == pytest.approx(delta / sqrt(1 / (y + a) + 1 / (z + a)))


def test_swapping_the_areas_turns_the_sign() -> None:
    both = counts({"a": 9, "b": 3, "c": 5}, {"a": 2, "b": 9, "c": 5})
    one, other = (keyness(both, area).set_index("word")["z"] for area in (1, 2))
    assert (one + other.reindex(one.index)).abs().max() < 1e-12


def test_rare_words_are_not_listed_and_a_prior_is_needed() -> None:
    assert "bus" not in set(keyness(counts({"a": 9}, {"a": 3, "bus": 2}), 1)["word"])
    with pytest.raises(BadInput, match="prior"):
        keyness(counts({"a": 9}, {"a": 3}), 1, prior=0)


def test_an_area_without_words_has_none(study) -> None:
    assert keyness(word_counts(study), 1).empty
