"""Weighted figures beside R's survey 4.1.1 (METHODS.md, expected_values.json)."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadInput
from analysis.weights import Sample, weighted_difference, weighted_mean, weighted_total

STRAT = Sample("pw", strata="stype", population="fpc")
PLAIN = Sample("w")


def test_a_stratified_sample(shared: Path) -> None:
    frame = pd.read_csv(shared / "reference/apistrat.csv")
    mean = weighted_mean(frame, STRAT, "api00")
    assert (mean.estimate, mean.std_error) == pytest.approx((662.2874, 9.4089), abs=5e-5)
    assert mean.deff == pytest.approx(1.2045, abs=5e-5)
    total = weighted_total(frame, STRAT, "enroll")
    assert (total.estimate, total.std_error) == pytest.approx((3687177.53, 114641.72), abs=5e-3)


@pytest.mark.parametrize(
    ("stype", "mean", "error"),
    [("E", 674.43, 12.38247979), ("H", 625.82, 14.93712919), ("M", 636.6, 16.21470731)],
)
def test_domains_of_a_stratified_sample(shared: Path, stype, mean, error) -> None:
    frame = pd.read_csv(shared / "reference/apistrat.csv")
    frame["one"] = frame["api00"].where(frame["stype"] == stype)
    found = weighted_mean(frame, STRAT, "one")
    assert (found.estimate, found.std_error) == pytest.approx((mean, error), abs=5e-8)
    same = weighted_difference(frame, STRAT, "api00", "stype", [(stype, 1.0)])
    assert (same.estimate, same.std_error) == pytest.approx((mean, error), abs=5e-8)


def test_a_clustered_sample(shared: Path) -> None:
    frame = pd.read_csv(shared / "reference/apiclus1.csv")
    found = weighted_mean(frame, Sample("pw", psu="dnum", population="fpc"), "api00")
    assert (found.estimate, found.std_error) == pytest.approx((644.1694, 23.5422), abs=5e-5)
    assert (found.deff, found.df) == (pytest.approx(9.346, abs=5e-4), 14)


def test_equal_weights_are_the_plain_mean_and_difference() -> None:
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"y": rng.normal(size=60), "w": 5.0, "arm": ["none", "A"] * 30})
    found = weighted_mean(frame, PLAIN, "y")
    assert found.estimate == pytest.approx(frame["y"].mean())
    assert found.std_error == pytest.approx(frame["y"].std() / np.sqrt(60))
    two = weighted_difference(frame, PLAIN, "y", "arm", [("none", -1), ("A", 1)])
    groups = frame.groupby("arm")["y"]
    errors = np.sqrt((groups.var(ddof=0) / 30).sum() * 60 / 59)
    assert two.std_error == pytest.approx(errors)
    assert two.estimate == pytest.approx(groups.mean()["A"] - groups.mean()["none"])


def test_weights_count_as_in_a_jackknife() -> None:
    # The delete-one jackknife of a weighted mean is close to its linearised error.
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({"y": rng.normal(size=400), "w": rng.uniform(1, 4, 400)})
    y, w = frame["y"].to_numpy(), frame["w"].to_numpy()
    left = [np.average(np.delete(y, i), weights=np.delete(w, i)) for i in range(400)]
    jackknife = np.sqrt(399 / 400 * ((left - np.mean(left)) ** 2).sum())
    assert weighted_mean(frame, PLAIN, "y").std_error == pytest.approx(jackknife, rel=0.01)


@pytest.mark.parametrize(
    ("change", "sample", "sentence"),
    [
        ({"w": 0}, PLAIN, "above 0"),
        ({"y": "a"}, PLAIN, "holds text"),
        ({"y": np.nan}, PLAIN, "Fewer than two"),
        ({"s": [1, 2, 2]}, Sample("w", strata="s"), "single sampling unit"),
        ({"s": [1, 1, None]}, Sample("w", strata="s"), "every row needs it"),
        ({"n": 2}, Sample("w", population="n"), "smaller than the sample"),
        ({}, Sample("absent"), "no column"),
    ],
)
def test_a_sample_that_cannot_be_weighted_is_refused(change, sample, sentence) -> None:
    frame = pd.DataFrame({"y": [1.0, 2.0, 4.0], "w": 1.0}).assign(**change)
    with pytest.raises(BadInput, match=sentence):
        weighted_mean(frame, sample, "y")
