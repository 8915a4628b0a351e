"""CR2 from sums by cluster and cell equals CR2 from the design matrix, and R's published value."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.adjustment import adjusted_effects
from analysis.design import Contrast, Design, Outcome
from analysis.effects import estimate_effects

ARMS = ("none", "A", "B", "A+B")
OUTCOME = Outcome("y", "", "m", "continuous")
COLUMNS = ["estimate", "std_error", "df", "ci_low", "ci_high", "p_value", "mde_80", "control_sd"]


def frame_of(n: int, clusters: int, seed: int, *, whole: bool) -> pd.DataFrame:
    """Respondents in clusters, each of one area and arm (`whole`) or of any."""
    rng = np.random.default_rng(seed)
    home = rng.integers(0, clusters, n)
    area, arm = rng.integers(0, 2, clusters)[home], rng.integers(0, 4, clusters)[home]
    if not whole:
        area, arm = rng.integers(0, 2, n), rng.integers(0, 4, n)
    y = rng.normal(size=clusters)[home] + rng.normal(size=n)
    y[rng.random(n) < 0.1] = np.nan
    return pd.DataFrame(
        {"area": np.array(["e", "w"])[area], "arm": np.array(ARMS)[arm], "home": home, "y": y}
    )


@settings(max_examples=40, deadline=None)
@given(
    st.integers(40, 160), st.integers(12, 60), st.integers(0, 10**6), st.booleans(), st.booleans()
)
def test_any_clusters_give_what_the_design_matrix_gives(n, clusters, seed, whole, strata) -> None:
    frame = frame_of(n, clusters, seed, whole=whole)
    frame["s"] = frame["home"] % 2
    design = Design("area", "arm", [OUTCOME], cluster="home", strata=["s"] if strata else ())
    closed, matrix = estimate_effects(frame, design, draws=0), adjusted_effects(frame, design)
    assert (closed["dropped_areas"] == matrix["dropped_areas"]).all()
    both = closed["estimate"].notna() & matrix["estimate"].notna()
    # A cell that is one cluster has no residuals of its own: there neither is to be relied on.
    both &= closed["smallest_cell"] > 4
    for name in COLUMNS:
        a, b = closed.loc[both, name], matrix.loc[both, name]
        np.testing.assert_allclose(a, b, rtol=1e-7, atol=1e-10, err_msg=name)


def test_cai_by_address_as_r_gives_it(shared: Path) -> None:
    # METHODS.md, "Reference values", cai2015: A alone, CR2 by address (estimatr 1.0.0).
    frame = pd.read_csv(shared / "reference/cai2015_social_insure.csv")
    frame = frame[frame["takeup_survey"].notna() & frame["address"].notna()]
    frame["arm"] = [
        ARMS[int(a) + 2 * int(b)] for a, b in zip(frame["default"], frame["intensive"], strict=True)
    ]
    frame["area"] = "all"
    outcome = Outcome("y", "", "m", "binary", column="takeup_survey")
    design = Design("area", "arm", [outcome], cluster="address")
    found = estimate_effects(frame, design, design.contrasts()[:1], draws=0).iloc[0]
    assert found["estimate"] == pytest.approx(0.107921, abs=5e-7)
    assert found["std_error"] == pytest.approx(0.043168, abs=5e-7)
    assert found["df"] == pytest.approx(136.1, abs=0.05)
    assert found["df_method"] == "CR2, Satterthwaite"


def test_a_respondent_without_a_cluster_is_refused() -> None:
    frame = frame_of(40, 10, 1, whole=True).astype({"home": float})
    frame.loc[0, "home"] = np.nan
    with pytest.raises(ValueError, match="every row needs its cluster"):
        estimate_effects(frame, Design("area", "arm", [OUTCOME], cluster="home"), draws=0)


def test_one_cluster_an_arm_gives_no_error_to_rely_on() -> None:
    frame = pd.DataFrame({"area": "e", "arm": ["none", "A"] * 20, "home": [0, 1] * 20})
    frame["y"] = np.arange(40.0)
    design = Design("area", "arm", [OUTCOME], cluster="home", arms=["none", "A"])
    found = estimate_effects(frame, design, [Contrast("A vs none", (-1, 1))], draws=0)
    assert found["estimate"].isna().all()
    assert (found["note"] != "").all()
