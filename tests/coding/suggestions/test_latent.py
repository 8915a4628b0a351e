"""What goes together in uncoded talk: its directions, and what words they bring together."""

import random

import numpy as np
import scipy.sparse as sparse

from coding.suggestions import features, latent
from coding.suggestions.features import Talk

FILLERS = ("well", "so", "then", "they", "said", "that", "it", "was", "on", "the", "way", "home")
SICK = ("doctor", "surgery", "prescription", "nurse", "clinic")
ROADS = ("bus", "timetable", "driver", "junction", "traffic")


def said(words: tuple[str, ...], seed: int) -> str:
    rng = random.Random(seed)
    spoken = rng.sample(words, 2) + rng.sample(FILLERS, 5)
    rng.shuffle(spoken)
    return " ".join(spoken)


TALK = [said(words, seed) for seed in range(400) for words in (SICK, ROADS)]


def test_talk_of_few_directions_keeps_its_cosines_exactly():
    rng = np.random.default_rng(1)
    rows = rng.random((400, 30)) @ rng.random((30, 600))  # of rank 30
    ours = latent.Latent.learn(sparse.csr_matrix(rows)).embed(sparse.csr_matrix(rows))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    np.testing.assert_allclose(ours @ ours.T, rows @ rows.T, atol=1e-9)


def test_too_few_texts_teach_nothing():
    assert Talk.learn(TALK[: latent.LEAST - 1]) is None
    assert Talk.learn([]) is None


def test_words_that_keep_company_are_alike_without_a_letter_in_common(monkeypatch):
    monkeypatch.setattr(latent, "DIRECTIONS", 4)  # far fewer than words, as in real talk
    talk = Talk.learn(TALK)
    alike = talk.embed([*SICK, *ROADS]) @ talk.embed([*SICK, *ROADS]).T
    together = (alike[:5, :5].sum() + alike[5:, 5:].sum() - 10) / 40  # each word beside others
    assert together > alike[:5, 5:].mean() + 0.1
    assert np.linalg.norm(talk.embed([""])) == 0


def test_the_order_of_the_talk_makes_no_difference():
    one, other = Talk.learn(TALK), Talk.learn(TALK[::-1])
    np.testing.assert_array_equal(one.embed(TALK[:9]), other.embed(TALK[:9]))


def test_very_much_talk_is_learned_from_evenly_spaced(monkeypatch):
    monkeypatch.setattr(features, "TALK", 350)
    seen = []
    monkeypatch.setattr(latent.Latent, "learn", lambda rows: seen.append(rows.shape[0]))
    Talk.learn([f"text {number}" for number in range(3000)])
    assert 300 <= seen[0] <= 350
