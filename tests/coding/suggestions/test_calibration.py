import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from coding.suggestions.calibration import (
    BEFORE,
    Calibration,
    calibration_error,
    reliability,
)
from coding.suggestions.calibration import evidence as evidence_of


def _made(rows=4000, seed=3):
    rng = np.random.default_rng(seed)
    evidence = evidence_of(
        rng.normal(size=(rows, 2)),
        np.array([20, 5]),
        np.array([0.2, 0.05]),
        (rng.random((rows, 2)), rng.random((rows, 2))),
    )
    chances = 1 / (1 + np.exp(-evidence @ np.array([1.0, 0.4, 1.0, 1.5, 1.0, -0.5])))
    return evidence, (rng.random(len(chances)) < chances).astype(float)


def test_with_many_predictions_it_is_plain_logistic_regression():
    evidence, truth = _made()
    peer = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10).fit(evidence, truth)
    ours = Calibration.fit(evidence, truth, np.ones(len(truth))).probability(evidence)
    np.testing.assert_allclose(ours, peer.predict_proba(evidence)[:, 1], atol=0.03)


def test_what_is_too_sure_at_one_end_is_bent_back():
    evidence, truth = _made(20_000)
    lucky = np.random.default_rng(1).random(len(truth)) < 0.3
    truth = np.where(lucky & (evidence[:, 0] > 1), 1 - truth, truth)
    chances = Calibration.fit(evidence, truth, np.ones(len(truth))).probability(evidence)
    straight = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10).fit(evidence, truth)
    before = straight.predict_proba(evidence)[:, 1]
    assert calibration_error(chances, truth) < calibration_error(before, truth)


def test_a_weight_of_three_is_the_row_three_times():
    evidence, truth = _made(100)
    three = Calibration.fit(evidence, truth, np.full(len(truth), 3.0))
    again = Calibration.fit(np.tile(evidence, (3, 1)), np.tile(truth, 3), np.ones(3 * len(truth)))
    np.testing.assert_allclose(three.weights, again.weights, atol=1e-6)
    np.testing.assert_allclose(three.bend, again.bend, atol=1e-6)


def test_evidence_never_speaks_against_itself():
    evidence, truth = _made()
    signs = np.array([-1, -1, 1, 1, 1, 1])
    fitted = Calibration.fit(evidence * signs, truth, np.ones(len(truth)))
    assert fitted.weights[:2].tolist() == [0, 0]
    assert (fitted.weights[:5] >= 0).all()


def test_without_anything_coded_what_is_believed_before_stays():
    fitted = Calibration.fit(np.empty((0, len(BEFORE))), np.empty(0), np.empty(0))
    np.testing.assert_allclose(fitted.weights, BEFORE)
    np.testing.assert_allclose(fitted.bend, [1, 1, 0])


def test_the_error_is_the_mean_gap_of_bins_of_equal_counts():
    predicted, truth = np.array([0.1, 0.1, 0.8, 0.8]), np.array([0.0, 0.0, 1.0, 0.0])
    # Bins of two: |.1 − 0| and |.8 − .5|, each half.
    assert calibration_error(predicted, truth, bins=2) == pytest.approx(0.2)
    assert calibration_error(np.empty((0, 2)), np.empty((0, 2))) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.floats(0.1, 9)), min_size=1))
def test_bins_hold_all_and_their_means_stand_between_their_ends(rows):
    predicted, truth, worth = (np.array(column, float) for column in zip(*rows, strict=True))
    found = reliability(predicted, truth, worth)
    assert all(r["low"] - 1e-9 <= r["predicted"] <= r["high"] + 1e-9 for r in found)
    assert all(0 <= r["observed"] <= 1 + 1e-9 for r in found)
    assert len(found) == min(10, len(rows))
