"""Lin's adjustment and CR2 errors beside what R's estimatr gives, and beside loops."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.adjustment import adjusted_effects
from analysis.design import TWO_BY_TWO_ARMS, Contrast, Design, Outcome, two_by_two
from analysis.effects import estimate_effects
from analysis.errors import BadInput
from analysis.regression import cr2_error, least_squares

Y = [Outcome("y", "", "m", "continuous")]


def two_by_two_of(frame: pd.DataFrame, a: str, b: str, y: str) -> pd.DataFrame:
    names = {(0, 0): "none", (1, 0): "A", (0, 1): "B", (1, 1): "A+B"}
    arm = [names[pair] for pair in zip(frame[a], frame[b], strict=True)]
    return frame.assign(area="x", arm=arm, y=frame[y].astype(float))


def random_frame(sizes: list[int], seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"area": "x", "arm": np.repeat(np.asarray(TWO_BY_TWO_ARMS), sizes)})
    frame["age"], frame["sex"] = rng.normal(45, 10, len(frame)), rng.integers(0, 2, len(frame))
    return frame.assign(y=rng.normal(size=len(frame)) + 0.1 * frame["age"])


@pytest.mark.parametrize(
    ("errors", "plain", "lin"),
    [
        ("HC2", (-0.036132, 0.158698), (-0.081220, 0.147868)),
        ("HC0", (-0.036, 0.158), (-0.081, 0.146)),
    ],
)
def test_star_as_lin_2013_table_2(shared: Path, errors, plain, lin) -> None:
    # METHODS.md, alo_star_men: Lin 2013 Table 2 (HC0), estimatr 1.0.0 (HC2).
    frame = pd.read_csv(shared / "reference/alo_star_men.csv")
    frame = frame.assign(area="x", arm=np.where(frame["sfsp"] == 1, "A", "none"))
    frame["y"] = frame["GPA_year1"]
    design = Design("area", "arm", Y, covariates=["gpa0"], arms=("none", "A"))
    found = adjusted_effects(frame, design, errors=errors).set_index("adjusted")
    within = 5e-7 if errors == "HC2" else 5e-4
    assert found.loc[False, ["estimate", "std_error"]].to_list() == pytest.approx(plain, abs=within)
    assert found.loc[True, ["estimate", "std_error"]].to_list() == pytest.approx(lin, abs=within)
    assert found["df"].to_list() == [155, 153]


def test_cai_clustered_by_address(shared: Path) -> None:
    # METHODS.md, cai2015: A alone, CR2 by address, estimatr 1.0.0.
    frame = pd.read_csv(shared / "reference/cai2015_social_insure.csv")
    frame = two_by_two_of(frame, "default", "intensive", "takeup_survey")
    design = Design("area", "arm", Y, cluster="address")
    row = adjusted_effects(frame, design, two_by_two()[:1]).iloc[0]
    assert row["estimate"] == pytest.approx(0.107921, abs=5e-7)
    assert row["std_error"] == pytest.approx(0.043168, abs=5e-7)
    assert row["df"] == pytest.approx(136.1, abs=0.05)


def test_wine_clustered_by_judge(shared: Path) -> None:
    # METHODS.md, wine: mean difference by temperature without contact, CR2 by judge.
    frame = pd.read_csv(shared / "reference/wine_ordinal.csv")
    frame["a"], frame["b"] = frame["temp"].eq("warm"), frame["contact"].eq("yes")
    frame = two_by_two_of(frame, "a", "b", "rating")
    design = Design("area", "arm", Y, cluster="judge")
    row = estimate_effects(frame, design, two_by_two()[:1], draws=0).iloc[0]
    assert row["estimate"] == pytest.approx(1.055556, abs=5e-7)
    assert row["std_error"] == pytest.approx(0.242161, abs=5e-7)
    assert row["df"] == pytest.approx(8, abs=1e-6)


@settings(max_examples=20)
@given(st.lists(st.integers(9, 25), min_size=4, max_size=4), st.integers(0, 999))
def test_lin_equals_an_interacted_regression(sizes: list[int], seed: int) -> None:
    # Oracle: statsmodels OLS on arm dummies and their products with centred covariates, HC2.
    frame = random_frame(sizes, seed)
    design = Design("area", "arm", Y, covariates=["age", "sex"])
    found = adjusted_effects(frame, design, two_by_two()[6:]).query("adjusted")
    centred = frame[["age", "sex"]] - frame[["age", "sex"]].mean()
    for row in found.to_dict("records"):
        weights = next(c.weights for c in two_by_two() if c.name == row["contrast"])
        used = [a for a, w in zip(TWO_BY_TWO_ARMS, weights, strict=True) if w]
        keep = frame["arm"].isin(used)
        dummies = [(frame["arm"] == a).to_numpy(float)[keep] for a in used]
        x = np.column_stack([d * z for z in (1, *centred[keep].to_numpy().T) for d in dummies])
        fit = sm.OLS(frame["y"].to_numpy()[keep], x).fit(cov_type="HC2", use_t=True)
        test = fit.t_test(np.r_[[w for w in weights if w], np.zeros(x.shape[1] - len(used))])
        wanted = [test.effect.item(), test.sd.item(), test.pvalue.item()]
        got = [row["estimate"], row["std_error"], row["p_value"]]
        assert got == pytest.approx(wanted, rel=1e-8, abs=1e-10)


def test_without_covariates_it_is_the_closed_form() -> None:
    frame = pd.concat([random_frame([25] * 4, 1), random_frame([30] * 4, 2).assign(area="z")])
    plain = estimate_effects(frame, Design("area", "arm", Y), draws=0)
    found = adjusted_effects(frame, Design("area", "arm", Y))
    for name in ("estimate", "std_error", "df", "p_value", "control_sd"):
        np.testing.assert_allclose(found[name], plain[name], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("errors", ["HC2", "CR2"])
def test_a_block_whose_covariates_depend_on_each_other_is_left_out_alone(errors: str) -> None:
    # A late batch may be so small that all of an arm have one value.
    sound = random_frame([40, 40, 40, 40], 3).assign(block="1")
    late = random_frame([12, 12, 12, 12], 4).assign(block="2", sex=1)
    both = pd.concat([sound, late], ignore_index=True)
    both["household"] = both.index // 2
    design = Design(
        "area", "arm", Y, strata=["block"], cluster="household", covariates=["age", "sex"]
    )
    found = adjusted_effects(both, design, errors=errors)
    found = found[found["adjusted"]].reset_index(drop=True)
    alone = adjusted_effects(both[both["block"] == "1"], design, errors=errors)
    alone = alone[alone["adjusted"]].reset_index(drop=True)
    assert found["estimate"].notna().all()
    assert (found["dropped_areas"] == "x").all()
    for name in ("estimate", "std_error", "df", "n_A"):
        np.testing.assert_allclose(found[name], alone[name], rtol=1e-9)


@settings(max_examples=15)
@given(st.integers(0, 999), st.integers(1, 4))
def test_cr2_equals_its_definition_with_whole_matrices(seed: int, size: int) -> None:
    # Bell and McCaffrey 2002 with N x N matrices: A_g, then the eigenvalues of P'P.
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(9), rng.integers(1, size + 1, 9))
    n = len(clusters)
    x = np.column_stack([np.ones(n), rng.normal(size=n)])
    y, c = rng.normal(size=n), np.array([0.3, 1.0])
    bread = np.linalg.inv(x.T @ x)
    rest = np.eye(n) - x @ bread @ x.T
    meat, p = 0.0, []
    for g in range(9):
        rows = clusters == g
        values, vectors = np.linalg.eigh(rest[np.ix_(rows, rows)])
        u = vectors @ np.diag(values**-0.5) @ vectors.T @ x[rows] @ bread @ c
        meat += (u @ (rest @ y)[rows]) ** 2
        p.append(rest[:, rows] @ u)
    roots = np.linalg.eigvalsh(np.array(p) @ np.array(p).T)
    fit = least_squares(x, y)
    error, df = cr2_error(fit, c, clusters)
    assert error == pytest.approx(np.sqrt(meat), rel=1e-8)
    assert df == pytest.approx(roots.sum() ** 2 / (roots**2).sum(), rel=1e-8)


def test_cells_too_small_for_their_covariates_are_refused_and_the_plain_figure_stands() -> None:
    frame = random_frame([8, 20, 20, 20], 3)
    design = Design("area", "arm", Y, covariates=["age", "sex"])
    plain, lin = adjusted_effects(frame, design, two_by_two()[:1]).to_dict("records")
    assert np.isfinite(plain["estimate"])
    assert np.isnan(lin["estimate"])
    assert lin["note"] == "an arm has fewer than 9 answers for its covariates"
    other = adjusted_effects(frame, design, [Contrast("A rather than B", (0, 1, -1, 0))])
    assert other["estimate"].notna().all()


def test_covariates_that_say_the_same_are_refused_and_text_too() -> None:
    frame = random_frame([20] * 4, 3).assign(same=lambda f: 2 * f["age"], word="a")
    design = Design("area", "arm", Y, covariates=["age", "same"])
    lin = adjusted_effects(frame, design, two_by_two()[:1]).iloc[1]
    assert lin["note"] == "in an arm the covariates depend on each other"
    with pytest.raises(BadInput, match="holds text"):
        adjusted_effects(frame, Design("area", "arm", Y, covariates=["word"]))
    with pytest.raises(BadInput, match="names a cluster"):
        adjusted_effects(frame, design, errors="CR2")


def test_a_respondent_without_a_covariate_counts_in_the_plain_row_only() -> None:
    frame = random_frame([20] * 4, 3)
    frame.loc[0, "age"] = np.nan
    found = adjusted_effects(frame, Design("area", "arm", Y, covariates=["age"]), two_by_two()[:1])
    assert found[["n_none", "missing_none"]].to_numpy().tolist() == [[20, 0], [19, 1]]


def test_a_block_whose_covariate_is_constant_in_an_arm_is_named_and_left_out() -> None:
    frame = pd.concat([random_frame([20] * 4, 3), random_frame([20] * 4, 4).assign(area="west")])
    frame = frame.reset_index(drop=True)
    frame.loc[(frame["area"] == "west") & (frame["arm"] == "A"), "age"] = 50
    design = Design("area", "arm", Y, covariates=["age"])
    found = adjusted_effects(frame, design, two_by_two()[:1]).query("adjusted").set_index("area")
    assert found.loc["west", "note"] == "in an arm the covariates depend on each other"
    assert found.loc["pooled", "dropped_areas"] == "west"
    other = next(name for name in found.index if name not in ("west", "pooled"))
    assert found.loc["pooled", "estimate"] == found.loc[other, "estimate"]
