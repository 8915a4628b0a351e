"""On designs of any sizes, areas and answers the closed form is the regression to ten digits."""

import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.design import TWO_BY_TWO_ARMS, Contrast, Design, Outcome, two_by_two
from analysis.effects import estimate_effects

ANSWERS = {
    "normal": lambda rng, n: rng.normal(size=n),
    "hours": lambda rng, n: np.round(rng.exponential(3, n), 1),
    "ordinal": lambda rng, n: rng.integers(1, 6, n).astype(float),
    "binary": lambda rng, n: rng.integers(0, 2, n).astype(float),
    "large": lambda rng, n: 1e4 + rng.normal(size=n),
}


@st.composite
def frames(draw) -> tuple[pd.DataFrame, tuple[str, ...]]:
    arms = draw(st.sampled_from([TWO_BY_TWO_ARMS, ("none", "A"), ("c", "x", "y", "z", "zz")]))
    sizes = st.lists(st.integers(2, 40), min_size=len(arms), max_size=len(arms))
    areas = draw(st.lists(sizes, min_size=1, max_size=3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    answers = ANSWERS[draw(st.sampled_from(sorted(ANSWERS)))]
    parts = [
        pd.DataFrame({"area": f"a{i}", "arm": np.repeat(np.asarray(arms, dtype=object), one)})
        for i, one in enumerate(areas)
    ]
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(y=answers(rng, len(frame))), arms


def by_regression(frame: pd.DataFrame, arms, contrast: Contrast) -> tuple[float, ...] | None:
    """Estimate, HC2 error, p and degrees of freedom of cell means, weighted by the areas' sizes."""
    cells = [(area, arm) for area in frame["area"].unique() for arm in arms]
    one_hot = np.column_stack([(frame["area"] == a) & (frame["arm"] == k) for a, k in cells])
    share = frame["area"].value_counts(normalize=True)
    weight = dict(zip(arms, contrast.weights, strict=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = sm.OLS(frame["y"].to_numpy(), one_hot.astype(float)).fit(cov_type="HC2", use_t=True)
        test = fit.t_test(np.array([share[a] * weight[k] for a, k in cells]))
    return test.effect.item(), test.sd.item(), float(test.pvalue), float(fit.df_resid)


@settings(deadline=None, max_examples=60)
@given(frames())
def test_estimates_and_errors_equal_statsmodels(drawn) -> None:
    # METHODS.md, "Estimands": the oracle is OLS fit(cov_type="HC2", use_t=True).
    frame, arms = drawn
    design = Design("area", "arm", [Outcome("y", "", "m", "continuous")], arms=arms)
    contrasts = {c.name: c for c in (two_by_two() if len(arms) == 4 else design.contrasts())}
    found = estimate_effects(frame, design, list(contrasts.values()), draws=0)
    for row in found.to_dict("records"):
        here = frame if row["area"] == "pooled" else frame[frame["area"] == row["area"]]
        if row["note"]:  # within each arm every answer is the same
            assert (here.groupby(["area", "arm"])["y"].nunique() == 1).any()
            continue
        wanted = by_regression(here, arms, contrasts[row["contrast"]])
        tiny = 1e-12 * here["y"].abs().max()  # where arms tie, a difference is rounding alone
        assert row["estimate"] == pytest.approx(wanted[0], rel=1e-10, abs=tiny)
        assert row["std_error"] == pytest.approx(wanted[1], rel=1e-10)
        if row["df_method"] != "Satterthwaite":
            assert row["df"] == wanted[3]
            assert row["p_value"] == pytest.approx(wanted[2], rel=1e-8, abs=1e-12)
