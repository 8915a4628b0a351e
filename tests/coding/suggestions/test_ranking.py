import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import linear_model

from coding.suggestions import rank_codes
from coding.suggestions.ranking import PENALTY, Example, Model, Ridge
from coding.suggestions.reasons import Reasons

NAMES = {"wait": "Waiting times and delays", "kind": "Kindness of staff"}
CODED = [
    ("We waited four hours for a doctor", {"wait"}),
    ("The waiting list is endless", {"wait"}),
    ("Such a long delay, then we waited again", {"wait"}),
    ("The nurses were kind and gentle", {"kind"}),
    ("Everybody was so kind to my mother", {"kind"}),
    ("Kind people, though we waited", {"kind", "wait"}),
]
TEXTS = ["I waited and waited", "A kind nurse", "", "The bins are full"]


def test_a_text_gets_the_code_whose_words_it_has():
    found = rank_codes(CODED, TEXTS, NAMES)
    assert list(found.columns) == ["kind", "wait"]
    assert found.loc[0, "wait"] > found.loc[0, "kind"]
    assert found.loc[1, "kind"] > found.loc[1, "wait"]


def test_before_anything_is_coded_names_and_definitions_speak():
    found = rank_codes([], ["The waiting times are long", "Such kindness"], NAMES)
    assert found.loc[0].idxmax() == "wait"
    assert found.loc[1].idxmax() == "kind"


def test_a_code_without_an_example_can_be_ranked_first_by_its_name():
    found = rank_codes(CODED, ["The parking charge"], NAMES | {"park": "Parking charge"})
    assert found.loc[0].idxmax() == "park"


def test_codes_are_independent_of_each_other():
    found = rank_codes([(f"{text} {n}", {"a", "b"}) for n, (text, _) in enumerate(CODED)], TEXTS)
    assert (found > 0.5).all(axis=None)


@pytest.mark.parametrize("coded", [[], [("words", {"one"})], [("", {"one"})], [("words", set())]])
def test_one_code_and_hardly_a_text_do(coded):
    found = rank_codes(coded, [*TEXTS, "\ud800\x00 🎉", "<script>" * 5000], {"one": ""})
    assert found.shape == (6, 1)
    assert found.to_numpy().min() >= 0
    assert found.to_numpy().max() <= 1


def test_no_code_and_no_text_is_an_empty_table():
    assert rank_codes([], []).shape == (0, 0)
    assert rank_codes(CODED, []).shape == (0, 2)
    assert rank_codes([], TEXTS).shape == (4, 0)


def test_a_text_is_ranked_alike_beside_others_and_alone():
    alone = rank_codes(CODED, TEXTS[:1], NAMES)
    np.testing.assert_allclose(rank_codes(CODED, TEXTS, NAMES).loc[[0]], alone, atol=1e-12)


words = st.text(alphabet=st.characters(), max_size=30)
codes = st.sets(st.sampled_from("abc"), max_size=3)


@given(st.lists(st.tuples(words, codes), max_size=8), st.lists(words, max_size=4), st.randoms())
@settings(max_examples=60)
def test_probabilities_are_such_and_the_order_of_what_is_coded_makes_no_difference(
    coded, texts, shuffle
):
    found = rank_codes(coded, texts)
    assert list(found.columns) == sorted({code for _, given in coded for code in given})
    assert len(found) == len(texts)
    assert ((found >= 0) & (found <= 1)).all(axis=None)
    shuffle.shuffle(coded)
    pd.testing.assert_frame_equal(rank_codes(coded, texts), found, atol=1e-9, rtol=0)


def _fitted():
    examples = [Example(text, frozenset(codes)) for text, codes in CODED]
    model = Model.fit(examples, NAMES)
    blocks = model.reader.known.rows(slice(len(CODED)))
    return blocks, np.random.default_rng(1).normal(size=(len(CODED), 2))


@pytest.mark.parametrize("groups", [{0: [0, 3], 1: [1, 2], 2: [4, 5]}, {0: [0, 1, 2, 3, 4, 5]}])
def test_what_a_text_is_told_without_its_group_is_what_ridge_without_it_tells(groups):
    blocks, truth = _fitted()
    _, left_out = Ridge.fit(blocks, truth, groups)
    # The same features in columns, for scikit-learn.
    values, vectors = np.linalg.eigh(blocks.beside(blocks))
    rows = vectors * np.sqrt(np.maximum(values, 0))
    for group in groups.values() if len(groups) > 1 else [[row] for row in range(6)]:
        others = np.setdiff1d(np.arange(len(truth)), group)
        peer = linear_model.Ridge(alpha=PENALTY, fit_intercept=False)
        peer.fit(rows[others], truth[others])
        np.testing.assert_allclose(left_out[group], peer.predict(rows[group]), atol=1e-8)


def test_a_model_without_a_group_tells_its_texts_what_was_left_out():
    blocks, truth = _fitted()
    learned, left_out = Ridge.fit(blocks, truth, {0: [0, 3], 1: [1, 2], 2: [4, 5]})
    told = blocks.times(blocks.weights(learned.without(1)))
    np.testing.assert_allclose(told[[1, 2]], left_out[[1, 2]], atol=1e-8)


def test_reasons_are_words_of_the_text_that_were_said_under_the_code():
    model = Model.fit([Example(text, frozenset(codes)) for text, codes in CODED], NAMES)
    waiting = Reasons(model, "They waited for a gentle nurse").learned(0)
    assert [word for word, _ in waiting] == ["waited"]
    assert Reasons(model, "Kindness, that is all").shared(1)[0][0] == "kindness"
    assert Reasons(model, "").learned(0) == []
