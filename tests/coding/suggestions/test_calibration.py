import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from coding.suggestions import calibration


def _made(rows=4000, seed=3):
    rng = np.random.default_rng(seed)
    evidence = calibration.evidence(
        rng.normal(size=(rows, 2)), np.array([0.2, 0.05]), rng.random((rows, 2))
    )
    chances = calibration.probability(evidence, np.array([2.0, 1.0, 1.5, -0.5]))
    return evidence, (rng.random(len(chances)) < chances).astype(float)


def test_with_many_predictions_it_is_plain_logistic_regression():
    evidence, truth = _made()
    peer = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10).fit(evidence, truth)
    fitted = calibration.fit(evidence, truth, np.ones(len(truth)))
    ours = calibration.probability(evidence, fitted)
    np.testing.assert_allclose(ours, peer.predict_proba(evidence)[:, 1], atol=0.01)


def test_a_weight_of_three_is_the_row_three_times():
    evidence, truth = _made(100)
    three = calibration.fit(evidence, truth, np.full(len(truth), 3.0))
    again = calibration.fit(np.tile(evidence, (3, 1)), np.tile(truth, 3), np.ones(3 * len(truth)))
    np.testing.assert_allclose(three, again, atol=1e-6)


def test_evidence_never_speaks_against_itself():
    evidence, truth = _made()
    fitted = calibration.fit(evidence * np.array([-1, 1, 1, 1]), truth, np.ones(len(truth)))
    assert fitted[0] == 0
    assert (fitted[:3] >= 0).all()


def test_without_anything_coded_what_is_believed_before_stays():
    nothing = np.empty((0, 4))
    np.testing.assert_allclose(
        calibration.fit(nothing, np.empty(0), np.empty(0)), calibration.BEFORE
    )


def test_the_error_is_the_mean_gap_of_bins_of_equal_counts():
    predicted, truth = np.array([0.1, 0.1, 0.8, 0.8]), np.array([0.0, 0.0, 1.0, 0.0])
    # Bins of two: |.1 − 0| and |.8 − .5|, each half.
    assert calibration.calibration_error(predicted, truth, bins=2) == pytest.approx(0.2)
    assert calibration.calibration_error(np.empty((0, 2)), np.empty((0, 2))) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.floats(0.1, 9)), min_size=1))
def test_bins_hold_all_and_their_means_stand_between_their_ends(rows):
    predicted, truth, worth = (np.array(column, float) for column in zip(*rows, strict=True))
    found = calibration.reliability(predicted, truth, worth)
    assert all(r["low"] - 1e-9 <= r["predicted"] <= r["high"] + 1e-9 for r in found)
    assert all(0 <= r["observed"] <= 1 + 1e-9 for r in found)
    assert len(found) == min(10, len(rows))
