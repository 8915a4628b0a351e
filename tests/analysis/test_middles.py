"""Median and trimmed mean, beside R's published interval and scipy."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.linearised import Units, around, share_interval
from analysis.middles import mean, median, trimmed_mean, weighted_quantile


def test_woodruff_is_what_r_publishes_for_a_clustered_sample(shared: Path) -> None:
    # R's survey, example(svyquantile) before version 4.1: median 652, interval 564.3250 to
    # 710.8375. It took z for t and interpolated between answers, which this test does with the
    # same error; `median` takes t and answers that were given.
    frame = pd.read_csv(shared / "reference/apiclus1.csv")
    y, w = frame["api00"].to_numpy(float), frame["pw"].to_numpy(float)
    units = Units.of(frame, psu="dnum", population="fpc")
    middle, _, low, high, df = median(y, w, units.domain())
    error = mean((y <= middle).astype(float), w, units.domain())[1]
    z = stats.norm.ppf(0.975)
    order = np.argsort(y)
    published = np.interp([0.5 - z * error, 0.5 + z * error], np.cumsum(w[order]) / w.sum(),
                          y[order])  # fmt: skip
    assert published == pytest.approx([564.3250, 710.8375], abs=5e-5)
    assert (middle, df) == (652, 14)
    ends = around(0.5, error, df)
    assert [low, high] == [weighted_quantile(y, w, at) for at in ends] == [559, 714]


def test_woodruff_on_a_stratified_sample_by_hand(shared: Path) -> None:
    # SE² = Σ_h (W_h/W)²(1 − n_h/N_h)·p_h(1 − p_h)/(n_h − 1), p_h the stratum's share at or below.
    frame = pd.read_csv(shared / "reference/apistrat.csv")
    y, w = frame["api00"].to_numpy(float), frame["pw"].to_numpy(float)
    units = Units.of(frame, ["stype"], population="fpc")
    middle, _, low, high, df = median(y, w, units.domain())
    below, variance = frame["api00"] <= middle, 0.0
    for _, rows in frame.groupby("stype"):
        n, share = len(rows), below[rows.index].mean()
        part = rows["fpc"].iloc[0] / frame.groupby("stype")["fpc"].first().sum()
        fraction = 1 - n / rows["fpc"].iloc[0]
        variance += part**2 * fraction * share * (1 - share) / (n - 1)
    reach = stats.t.ppf(0.975, df) * np.sqrt(variance)
    answers = frame.sort_values("api00")
    reached = answers["pw"].cumsum() / answers["pw"].sum()
    ends = [answers["api00"][reached >= at].iloc[0] for at in (0.5 - reach, 0.5 + reach)]
    assert (middle, low, high, df) == (668, *ends, 197)


@pytest.mark.parametrize("n", [20, 60, 200])
def test_the_trimmed_mean_is_scipys(n: int) -> None:
    y = np.random.default_rng(n).gamma(1.0, 3.0, n)
    frame = pd.DataFrame({"y": y})
    found = trimmed_mean(y, np.ones(n), Units.of(frame).domain())
    assert found[0] == pytest.approx(stats.trim_mean(y, 0.05))
    assert found[1] == pytest.approx(float(stats.mstats.trimmed_stde(y, (0.05, 0.05))))
    assert found[4] == n - 2 * (n // 20) - 1


def test_a_weight_counts_as_so_many_respondents() -> None:
    rng = np.random.default_rng(3)
    y, w = rng.gamma(1.0, 3.0, 40), rng.integers(1, 6, 40).astype(float)
    many = np.repeat(y, w.astype(int))
    assert weighted_quantile(y, w, 0.5) == np.sort(many)[int(np.ceil(len(many) / 2)) - 1]
    units = Units.of(pd.DataFrame({"y": y}))
    ends = np.sort(many), 0.05 * len(many)
    k = int(ends[1])
    part = ends[1] - k
    kept = ends[0][k : len(many) - k].copy()
    weights = np.ones(len(kept))
    weights[0] = weights[-1] = 1 - part
    found = trimmed_mean(y, w, units.domain())
    assert found[0] == pytest.approx(np.average(kept, weights=weights))


@pytest.mark.parametrize(("yes", "n"), [(0, 30), (1, 30), (15, 30), (30, 30), (377, 1000)])
def test_a_plain_share_has_wilsons_interval(yes: int, n: int) -> None:
    from statsmodels.stats.proportion import proportion_confint

    share = yes / n
    error = np.sqrt(share * (1 - share) / n)
    level = 2 * stats.norm.sf(stats.t.ppf(0.975, n - 1))  # as far out as t reaches
    theirs = proportion_confint(yes, n, level, method="wilson")
    assert share_interval(share, error, n - 1, n) == pytest.approx(theirs, abs=1e-12)


def test_a_lone_unit_of_a_stratum_counts_by_its_distance_from_all() -> None:
    frame = pd.DataFrame({"s": ["a", "a", "b"]})
    units = Units.of(frame, ["s"])
    influence = np.array([[1.0], [3.0], [8.0]])
    assert units.variances(influence)[0] == pytest.approx(2 * (1 + 1) + (8 - 4) ** 2)
    assert units.df() == 1
