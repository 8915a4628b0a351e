"""What goes with acting: who counts, both models, and what is refused or said instead."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analysis.design import Design, Outcome
from analysis.errors import BadInput
from analysis.linearised import Units
from analysis.question_one import ASSOCIATION, acting, acting_table, associate
from analysis.question_one.linear import weighted_linear
from analysis.survey_groups import ALL
from analysis.survey_tables import Sampling


def item(key: str, measure: str, scale: str = "binary", asked: str = "before") -> Outcome:
    return Outcome(key, "health", measure, scale, asked=asked, refers_to="past")


DID = [item("alone", "done_individually"), item("groups", "done_in_groups")]
BELIEF = item("belief", "difference_citizens_make", "ordinal")
DESIGN = Design("area", "arm", [*DID, BELIEF], covariates=["age"])


def answers(n: int = 800, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    belief = rng.integers(1, 6, n).astype(float)
    area = rng.choice(["east", "west"], n)
    return pd.DataFrame({
        "area": area,
        "arm": rng.choice(["none", "A", "B", "A+B"], n),
        "belief": belief,
        "alone": (rng.random(n) < 0.4).astype(float),
        "groups": (rng.random(n) < 0.1 + 0.1 * belief - 0.1 * (area == "west")).astype(float),
        "age": rng.choice(["18 to 34", "35 to 64", "65 and over"], n, p=[0.3, 0.5, 0.2]),
        "home": rng.integers(0, n // 2, n),
        "w": rng.uniform(0.5, 2, n),
    })  # fmt: skip


def test_four_ways_of_acting_are_counted_with_their_base() -> None:
    frame = answers()
    frame.loc[:9, "alone"] = np.nan
    found = acting(frame, DESIGN, "health")
    assert found.population == "everybody, asked before the nudge"
    table = acting_table(frame, DESIGN, found)
    whole = table[table["group"] == ALL].set_index("category")["n"]
    both = ((frame["alone"] == 1) & (frame["groups"] == 1)).sum()
    assert whole["both"] == both
    assert whole["answered"] == len(frame) - 10
    assert list(whole.index) == ["neither", "alone", "groups", "both", "answered"]


def test_items_asked_after_the_nudge_count_in_the_control_arm_only() -> None:
    frame = answers()
    after = [item("alone", "done_individually", asked="after"), DID[1], BELIEF]
    design = Design("area", "arm", after, covariates=["age"])
    found = acting(frame, design, "health")
    control = frame["arm"] == "none"
    assert np.isnan(found.codes[~control]).all()
    assert found.left_out == (~control).sum()
    told = associate(frame, design, found)
    assert told.frame["n"].iloc[0] == control.sum()
    assert any("are left out, since a nudge came before" in note for note in told.notes)


def test_both_models_are_statsmodels() -> None:
    frame = answers()
    told = associate(frame, DESIGN, acting(frame, DESIGN, "health")).frame
    y = (frame["alone"] + 2 * frame["groups"]).astype(int)
    x = pd.DataFrame({
        "east": frame["area"] == "east", "west": frame["area"] == "west",
        "young": frame["age"] == "18 to 34", "old": frame["age"] == "65 and over",
        "belief": frame["belief"],
    }).astype(float)  # fmt: skip
    column = {"one more": "belief", "18 to 34 rather than 35 to 64": "young",
              "65 and over rather than 35 to 64": "old"}  # fmt: skip
    for code, way in enumerate(("neither", "alone", "groups", "both")):
        ols = sm.OLS((y == code).astype(float), x).fit(cov_type="HC2", use_t=True)
        rows = told[(told["model"] == "linear") & (told["way"] == way)]
        assert len(rows) == 3
        for _, row in rows.iterrows():
            name = column[row["level"]]
            assert row["estimate"] == pytest.approx(ols.params[name], rel=1e-9, abs=1e-12)
            assert row["std_error"] == pytest.approx(ols.bse[name], rel=1e-9)
            assert row["p_value"] == pytest.approx(ols.pvalues[name], rel=1e-8)
            ends = ols.conf_int().loc[name]
            assert (row["ci_low"], row["ci_high"]) == pytest.approx(tuple(ends), rel=1e-8)
    logit = sm.MNLogit(y, x).fit(disp=0, method="newton", tol=1e-12)
    margins = logit.get_margeff(at="overall").margeff
    many = told[(told["model"] == "multinomial") & (told["condition"] == "belief")]
    assert many["estimate"].to_numpy() == pytest.approx(margins[4], rel=1e-6)


def test_a_level_is_set_beside_the_reference_not_beside_the_rest() -> None:
    # get_margeff moves one dummy of a condition and leaves the others, so that somebody would be
    # young and old at once; without covariates the effect must be the difference of two shares.
    frame = answers().assign(area="east")
    design = Design("area", "arm", DID, covariates=["age"])
    told = associate(frame, design, acting(frame, design, "health")).frame
    y = frame["alone"] + 2 * frame["groups"]
    for model in ("linear", "multinomial"):
        rows = told[(told["model"] == model) & told["level"].str.startswith("65 and over")]
        shares = [(y[frame["age"] == a].value_counts(normalize=True)).sort_index()
                  for a in ("65 and over", "35 to 64")]  # fmt: skip
        assert rows["estimate"].to_numpy() == pytest.approx(shares[0] - shares[1], abs=1e-8)


def test_the_weighted_linear_model_is_rs_svyglm(shared: Path) -> None:
    # expected_values.json, apistrat: svyglm(api00 ~ ell + meals + mobility).
    frame = pd.read_csv(shared / "reference/apistrat.csv")
    x = np.column_stack([np.ones(len(frame)), frame[["ell", "meals", "mobility"]]])
    units = Units.of(frame, ["stype"], population="fpc")
    y, w = frame["api00"].to_numpy(float), frame["pw"].to_numpy(float)
    beta, errors = weighted_linear(x, y, w, units.domain())
    assert beta[1:] == pytest.approx([-0.4805866, -3.1415353, 0.2257132], abs=5e-8)
    assert errors[1:] == pytest.approx([0.3919734, 0.2839465, 0.3932184], abs=5e-8)


def test_equal_weights_change_no_estimate_and_ways_add_up_to_nothing() -> None:
    frame = answers().assign(w=2.0)
    found = acting(frame, DESIGN, "health")
    plain = associate(frame, DESIGN, found).frame
    weighted = associate(frame, DESIGN, found, sampling=Sampling("w")).frame
    assert weighted["estimate"].to_numpy() == pytest.approx(plain["estimate"].to_numpy(), abs=1e-9)
    ratio = weighted["std_error"] / plain["std_error"]
    assert ratio.between(0.97, 1.03).all()
    for _, rows in weighted.groupby(["condition", "level", "model"]):
        assert rows["estimate"].sum() == pytest.approx(0, abs=1e-10)


def test_clusters_have_their_own_errors() -> None:
    frame = answers()
    found = acting(frame, DESIGN, "health")
    twice = pd.concat([frame, frame], ignore_index=True).assign(home=[*range(len(frame))] * 2)
    again = acting(twice, DESIGN, "health")
    one = associate(frame, DESIGN, found).frame
    two = associate(twice, DESIGN, again, sampling=Sampling(cluster="home")).frame
    assert two["estimate"].to_numpy() == pytest.approx(one["estimate"].to_numpy(), abs=1e-9)
    assert (two["std_error"] / one["std_error"]).between(0.97, 1.03).all()


def test_it_is_always_called_association() -> None:
    frame = answers()
    told = associate(frame, DESIGN, acting(frame, DESIGN, "health"))
    assert set(told.frame["reading"]) == {"association"}
    assert told.notes[0] == ASSOCIATION


def test_what_cannot_be_fitted_has_a_sentence_and_the_rest_stays() -> None:
    frame = answers()
    frame.loc[frame["age"] == "65 and over", "groups"] = 0.0
    told = associate(frame, DESIGN, acting(frame, DESIGN, "health"))
    assert set(told.frame["model"]) == {"linear"}
    assert any("nobody of “age: 65 and over" in note for note in told.notes)
    few = frame.head(12)
    told = associate(few, DESIGN, acting(few, DESIGN, "health"))
    assert told.frame.empty
    assert any("fewer than the model" in note for note in told.notes)
    same = frame.assign(alone=0.0, groups=0.0)
    told = associate(same, DESIGN, acting(same, DESIGN, "health"))
    assert any("everybody who counts acts in the same way" in note for note in told.notes)


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        (DID[:1], "has no item of the measure done_in_groups"),
        ([DID[0], item("groups", "done_in_groups", "ordinal")], "recode it to 0 and 1"),
    ],
)
def test_items_that_do_not_say_who_acts_are_refused(outcomes, words) -> None:
    with pytest.raises(BadInput, match=words):
        acting(answers(), Design("area", "arm", outcomes), "health")


def test_conditions_that_a_nudge_may_have_changed_are_refused() -> None:
    frame = answers()
    after = item("belief", "difference_citizens_make", "ordinal", "after")
    design = Design("area", "arm", [*DID, after], covariates=["age"])
    found = acting(frame, design, "health")
    with pytest.raises(BadInput, match="asked after the nudge"):
        associate(frame, design, found, ["belief"])
    with pytest.raises(BadInput, match="no condition “wealth”"):
        associate(frame, design, found, ["wealth"])
