"""The multinomial logit and its margins beside statsmodels, scipy's optimiser and derivatives."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.optimize import minimize
from scipy.special import logsumexp

from analysis.errors import BadInput
from analysis.question_one.conditions import Term
from analysis.question_one.multinomial import (
    Multinomial,
    fit_multinomial,
    marginal_effects,
    predict,
)

# Four columns, as many as categories: statsmodels' margins of a dummy fail with other numbers.
TERMS = (
    Term("town", "yes rather than no", 1, (1,)),
    Term("years", "one more", 2),
    Term("belief", "one more", 3),
)


def data(n: int = 600, seed: int = 1, j: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    numbers = rng.normal(size=(n, 2))
    x = np.column_stack([np.ones(n), rng.random(n) < 0.4, numbers]).astype(float)
    shares = predict(x, rng.normal(0, 0.7, (j - 1, 4)))
    y = (shares.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1)
    return x, y, rng.integers(1, 4, n).astype(float)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_coefficients_and_margins_are_statsmodels(seed: int) -> None:
    x, y, _ = data(seed=seed)
    ones = np.ones(len(y))
    fit = fit_multinomial(x, y, ones, 4)
    theirs = sm.MNLogit(y, x).fit(disp=0, method="newton", tol=1e-12)
    np.testing.assert_allclose(fit.beta.T, theirs.params, rtol=1e-7)
    assert fit.log_likelihood == pytest.approx(theirs.llf, rel=1e-12)
    assert np.sqrt(np.diag(fit.inverse)) == pytest.approx(theirs.bse.T.ravel(), rel=1e-6)
    effects, jacobian = marginal_effects(fit, x, ones, TERMS)
    margins = theirs.get_margeff(at="overall", dummy=True)
    assert effects == pytest.approx(margins.margeff, rel=1e-6, abs=1e-10)
    errors = np.sqrt(np.einsum("tjp,pq,tjq->tj", jacobian, fit.inverse, jacobian))
    assert errors == pytest.approx(margins.margeff_se, rel=1e-5)
    assert effects.sum(axis=1) == pytest.approx(0, abs=1e-12)


def test_robust_errors_of_margins_are_statsmodels_hc0() -> None:
    x, y, _ = data(seed=4)
    ones = np.ones(len(y))
    fit = fit_multinomial(x, y, ones, 4)
    jacobian = marginal_effects(fit, x, ones, TERMS)[1].reshape(12, -1)
    influence = fit.scores @ fit.inverse @ jacobian.T
    theirs = sm.MNLogit(y, x).fit(disp=0, method="newton", tol=1e-12, cov_type="HC0")
    margins = theirs.get_margeff(at="overall", dummy=True)
    errors = np.sqrt((influence**2).sum(axis=0)).reshape(3, 4)
    assert errors == pytest.approx(margins.margeff_se, rel=1e-5)


def test_weights_are_repetitions_and_the_optimum_is_scipys() -> None:
    x, y, w = data(200, seed=5)
    fit = fit_multinomial(x, y, w, 4)
    times = w.astype(int)
    again = fit_multinomial(x.repeat(times, axis=0), y.repeat(times), np.ones(times.sum()), 4)
    assert fit.beta == pytest.approx(again.beta, rel=1e-8)

    def loss(flat: np.ndarray) -> float:
        linear = np.column_stack([np.zeros(len(y)), x @ flat.reshape(3, 4).T])
        return float(-(w @ (linear[np.arange(len(y)), y] - logsumexp(linear, axis=1))))

    best = minimize(loss, np.zeros(12), method="BFGS", options={"gtol": 1e-4})
    assert fit.beta.ravel() == pytest.approx(best.x, abs=1e-4)
    assert -fit.log_likelihood <= best.fun + 1e-9


def test_the_derivatives_of_margins_are_the_slopes_of_margins() -> None:
    x, y, w = data(150, seed=6)
    fit = fit_multinomial(x, y, w, 4)
    jacobian = marginal_effects(fit, x, w, TERMS)[1]
    step = 1e-6
    for at in range(12):
        moved = []
        for sign in (1, -1):
            beta = fit.beta.ravel().copy()
            beta[at] += sign * step
            other = beta.reshape(3, 4)
            near = Multinomial(other, predict(x, other), fit.inverse, fit.scores, 0.0)
            moved.append(marginal_effects(near, x, w, TERMS)[0])
        assert jacobian[:, :, at] == pytest.approx((moved[0] - moved[1]) / 2 / step, abs=1e-7)


def test_what_foretells_completely_is_refused() -> None:
    x = np.column_stack([np.ones(40), np.arange(40) >= 20]).astype(float)
    with pytest.raises(BadInput, match="no finite solution"):
        fit_multinomial(x, (np.arange(40) >= 20).astype(int), np.ones(40), 2)
    twice = np.column_stack([x, x[:, 1]])
    y = np.random.default_rng(1).integers(0, 2, 40)
    with pytest.raises(BadInput, match="depend on each other"):
        fit_multinomial(twice, y, np.ones(40), 2)


def test_rows_are_left_as_they_came() -> None:
    x, y, w = data(100, seed=7)
    before = pd.DataFrame(x.copy())
    marginal_effects(fit_multinomial(x, y, w, 4), x, w, TERMS)
    pd.testing.assert_frame_equal(before, pd.DataFrame(x))
