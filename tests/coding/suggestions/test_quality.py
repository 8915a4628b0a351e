import numpy as np
import pytest
from krippendorff import alpha

from coding.suggestions import quality
from coding.suggestions.keeping import code_texts
from coding.suggestions.passages import examples
from linkage.study import writing
from tests.coding.suggestions.conftest import KIND, LUNCH, WAIT, code_half

CHANCES = np.array([[0.9, 0.5, 0.1, 0.0], [0.2, 0.3, 0.4, 0.6], [0.1, 0.2, 0.3, 0.05]])
TRUTH = np.array([[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 0, 0]], float)


def test_recall_at_three_is_averaged_over_passages_that_bear_a_code():
    # Of the first passage one of two codes is in its top three, of the second its only one.
    assert quality.recall_at(CHANCES, TRUTH) == pytest.approx((0.5 + 1) / 2)
    assert quality.recall_at(CHANCES, TRUTH * 0) is None


def test_the_surest_quarter_is_of_passages_by_their_likeliest_code():
    chances = np.array([[0.9, 0.0]] * 2 + [[0.0, 0.5]] * 6)
    truth = np.array([[1, 0], [0, 1]] + [[0, 1]] * 6, float)
    assert quality.top_quarter(chances, truth) == 0.5


def test_at_most_three_codes_are_suggested_and_none_that_lacks_examples():
    given = quality.suggested(np.array([[0.9, 0.8, 0.7, 0.6]]), np.array([1, 0, 1, 1], bool))
    assert given.tolist() == [[True, False, True, True]]
    assert not quality.suggested(np.array([[0.2]]), np.array([True])).any()


def test_fewer_than_three_transcripts_measure_nothing_and_say_so(talks):
    assert "none is coded" in quality.measure(examples(talks), code_texts(talks))["why"]
    with writing(talks, "test", "code"):
        code_half(talks, transcripts=(1, 2))
    found = quality.measure(examples(talks), code_texts(talks))
    assert "2 are coded" in found["why"]
    assert found["overall"]["recall_at_3"] is None
    assert [row["support"] for row in found["codes"]] == [4, 4, 0]


def test_no_passage_is_predicted_by_its_own_transcript(coded, monkeypatch):
    seen = []
    learn = quality.learn

    def watched(passages, *rest, **more):
        seen.append({p.transcript_id for p in passages})
        return learn(passages, *rest, **more)

    monkeypatch.setattr(quality, "learn", watched)
    quality.cross_validate(examples(coded), [KIND, WAIT, LUNCH], code_texts(coded))
    assert sorted(map(sorted, seen)) == [[1, 2, 3], [1, 2, 4], [1, 3, 4], [2, 3, 4]]


def test_what_is_told_apart_by_its_words_is_measured_as_good(coded):
    found = quality.measure(examples(coded), code_texts(coded))
    kind, wait, lunch = found["codes"]
    assert (kind["support"], kind["transcripts"], kind["enough"]) == (8, 4, True)
    assert kind["precision"] == wait["recall"] == 1
    assert (lunch["enough"], lunch["precision"], found["least"]) == (False, None, quality.LEAST)
    assert found["overall"]["recall_at_3"] == found["overall"]["alpha"] == 1


def test_what_was_accepted_from_a_suggestion_measures_nothing(coded):
    from dataclasses import replace

    accepted = [replace(p, suggested=p.transcript_id == 1) for p in examples(coded)]
    found = quality.measure(accepted, code_texts(coded))
    assert sum(row["n"] for row in found["calibration"]) == 12  # those of three transcripts


def test_agreement_with_people_is_krippendorffs_pooled_over_codes_as_of_a_peer():
    given, truth = np.array([[1], [0], [1], [0], [0]]), np.array([[1], [0], [0], [0], [1]])
    found = quality._agreement(given, truth, np.ones(5), "krippendorff_alpha")
    assert found == pytest.approx(alpha([given[:, 0], truth[:, 0]], level_of_measurement="nominal"))


def test_calibration_is_of_the_likeliest_code_by_hand():
    chances = np.array([[0.8, 0.1], [0.3, 0.6], [0.2, 0.1]])
    truth = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]])
    told, so = quality._likeliest(chances, truth)
    assert (told.tolist(), so.tolist()) == ([0.8, 0.6, 0.2], [1.0, 0.0, 0.0])
    error = quality.calibration_error(told, so, np.ones(3), bins=3)
    assert error == pytest.approx((0.2 + 0.6 + 0.2) / 3)
    assert quality._likeliest(np.zeros((2, 0)), np.zeros((2, 0)))[0].tolist() == [0, 0]
