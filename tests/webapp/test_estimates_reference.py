"""The values of METHODS.md through the command line, and the code that gives them again.

Framing: Brader, Valentino and Suhay 2008; wine: Randall 1989; alo_star_men: Lin 2013; cai2015: Cai,
de Janvry and Sadoulet 2015; apistrat: R's survey. Computed in R, see expected_values.json.
"""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from webapp.cli import run

ROOT = Path(__file__).resolve().parents[2]
NUDGE = '[nudge_{}]\ncolumn = "{}"\ngiven = [{}]\nnot_given = [{}]\n'
OUTCOME = '[[outcome]]\nkey = "y"\ncolumn = "{}"\nissue = ""\nmeasure = "m"\nscale = "{}"\n'
COVARIATE = '[[covariate]]\ncolumn = "{}"\n'


def nudge(letter: str, column: str, given: str = "1", not_given: str = "0") -> str:
    return NUDGE.format(letter, column, given, not_given)


@pytest.fixture
def estimates(tmp_path: Path, capsys):
    """Import a file into a study and estimate; returns rows by `analysis`, or by `by`."""

    def call(*words: str) -> str:
        code = run([*words, "--instance", str(tmp_path / "instance")])
        out, err = capsys.readouterr()
        assert code == 0, err
        return out

    def estimate(file: Path, mapping: str, *words: str, area: str = "", by: str = "analysis"):
        (tmp_path / "map.toml").write_text(mapping)
        if not (tmp_path / "instance/studies/s.db").exists():
            call("study", "new", "s", "--name", "S")
            whole = ["--area", area] if area else []
            call("import", "survey", "s", str(file), "--mapping", str(tmp_path / "map.toml"),
                 "--create-areas", *whole)  # fmt: skip
        rows = json.loads(call("estimates", "s", *words, "--format", "json"))
        return {row[by]: row for row in rows if row["area"] == "pooled" or len(rows) < 12}

    estimate.call = call
    return estimate


def check(row: dict, estimate: float, error: float, **more: float) -> None:
    for name, value in {"estimate": estimate, "std_error": error, **more}.items():
        assert row[name] == pytest.approx(value, abs=5e-7), name


FRAMING = nudge("a", "tone") + nudge("b", "eth") + OUTCOME.format("immigr", "ordinal")


@pytest.mark.parametrize(
    ("contrast", "mean", "odds"),
    [
        ("A alone", (0.153992, 0.164026), (0.264745, 0.3167683)),
        ("B alone", (-0.174366, 0.176036), (-0.319505, 0.3213785)),
        ("A x B interaction", (0.452681, 0.232809), (0.961277, 0.4566595)),
    ],
)
def test_framing_in_points_and_odds(shared: Path, estimates, contrast, mean, odds) -> None:
    file = shared / "reference/framing_bvs2008.csv"
    words = ("--what", "ordinal", "--contrast", contrast, "--area", "pooled")
    found = estimates(file, FRAMING, *words, area="usa")
    check(found["mean difference"], *mean)
    check(found["proportional odds"], *odds)
    assert found["proportional odds"]["log_likelihood"] == pytest.approx(-324.5764, abs=5e-5)


WINE = OUTCOME.format("rating", "ordinal") + "missing = []\n"


@pytest.mark.parametrize(
    ("arm", "yes", "no", "area", "odds"),
    [
        ("temp", "warm", "cold", "contact", (2.503102, 0.5286801)),
        ("contact", "yes", "no", "temp", (1.5277977, 0.4766226)),
    ],
)
def test_wine_additive_is_the_pooled_model(
    shared: Path, estimates, arm, yes, no, area, odds
) -> None:
    # With one factor as the arms and the other as areas, areas' fixed effects are its effect.
    mapping = f'area = "{area}"\n' + nudge("a", arm, f'"{yes}"', f'"{no}"') + WINE
    file = shared / "reference/wine_ordinal.csv"
    row = estimates(file, mapping, "--what", "ordinal", "--area", "pooled")["proportional odds"]
    check(row, *odds)
    assert row["log_likelihood"] == pytest.approx(-86.4919, abs=5e-5)


def test_wine_delta_and_clusters(shared: Path, estimates) -> None:
    file = shared / "reference/wine_ordinal.csv"
    mapping = 'cluster = "judge"\n' + nudge("a", "temp", '"warm"', '"cold"') + WINE
    found = estimates(file, mapping, "--what", "ordinal", area="wine")
    assert found["Cliff’s δ"]["estimate"] == pytest.approx(0.6010802469, abs=5e-10)
    assert found["superiority"]["estimate"] == pytest.approx(0.8005401235, abs=5e-10)


def test_wine_cr2_by_judge(shared: Path, estimates) -> None:
    mapping = 'cluster = "judge"\n' + nudge("a", "temp", '"warm"', '"cold"')
    mapping += nudge("b", "contact", '"yes"', '"no"') + WINE
    found = estimates(shared / "reference/wine_ordinal.csv", mapping, area="wine")
    check(found["clusters (CR2)"], 1.055556, 0.242161)
    assert found["clusters (CR2)"]["df"] == pytest.approx(8)


def test_star_adjusted_beside_unadjusted(shared: Path, estimates) -> None:
    mapping = nudge("a", "sfsp") + OUTCOME.format("GPA_year1", "continuous")
    file = shared / "reference/alo_star_men.csv"
    found = estimates(file, mapping + COVARIATE.format("gpa0"), area="canada")
    check(found["unadjusted"], -0.036132, 0.158698)
    check(found["covariates (Lin)"], -0.081220, 0.147868)
    assert found["covariates (Lin)"]["adjusted"] is True


CAI = 'cluster = "address"\n' + nudge("a", "default") + nudge("b", "intensive")
CAI += OUTCOME.format("takeup_survey", "binary") + COVARIATE.format("age")


def test_cai_by_clusters(shared: Path, estimates) -> None:
    file = shared / "reference/cai2015_social_insure.csv"
    found = estimates(file, CAI, area="china")
    check(found["unadjusted"], 0.107921, 0.037114)
    check(found["clusters (CR2)"], 0.107921, 0.043168)
    assert found["clusters (CR2)"]["df"] == pytest.approx(136.1, abs=0.05)
    bounds = found["Manski bounds"]  # of a binary outcome they need no declaration
    assert bounds["lower"] == pytest.approx(0.107921, abs=5e-7)


def test_apistrat_weighted_mean(shared: Path, estimates) -> None:
    # The mean of METHODS.md. Its error there uses the sampled fraction, which no mapping has.
    import pandas as pd

    from analysis.weights import Sample, weighted_mean

    file = shared / "reference/apistrat.csv"
    mapping = 'area = "stype"\nweight = "pw"\n' + nudge("a", "sch.wide", '"Yes"', '"No"')
    mapping += OUTCOME.format("api00", "continuous")
    row = estimates(file, mapping, "--what", "means", "--area", "pooled", by="arm")["all arms"]
    assert row["weighted_mean"] == pytest.approx(662.2874, abs=5e-5)
    without = weighted_mean(pd.read_csv(file), Sample("pw", "stype"), "api00")
    assert row["weighted_std_error"] == pytest.approx(without.std_error, rel=1e-12)


def again(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Run the Python code of a folder, as a person would; returns its tables by name."""
    (script,) = folder.glob("*.py")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    parts = [part for part in done.stdout.split("# ") if part.strip()]
    tables = [part.split("\n", 1) for part in parts]
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in tables}


CODE = {
    "framing": ("framing_bvs2008.csv", FRAMING + COVARIATE.format("gender"), "ordinal"),
    "cai": ("cai2015_social_insure.csv", 'area = "village"\n' + CAI, "sensitivity"),
}


@pytest.mark.parametrize("name", CODE)
def test_the_code_gives_the_numbers_of_the_command(
    shared: Path, estimates, tmp_path: Path, name
) -> None:
    file, mapping, what = CODE[name]
    area = "" if name == "cai" else "usa"
    estimates(shared / "reference" / file, mapping, area=area)
    folder = tmp_path / "code"
    estimates.call("reproduce", "s", "--out", str(folder))
    tables = again(folder)
    for table in ("sensitivity", what):
        wanted = json.loads(estimates.call("estimates", "s", "--what", table, "--format", "json"))
        same_rows(tables[table], wanted)
    (theirs,) = tables["statsmodels"]
    plain = [row for row in tables["sensitivity"] if row["analysis"] == "unadjusted"][-1]
    for column in ("estimate", "std_error", "p_value"):
        assert float(plain[column]) == pytest.approx(float(theirs[column]), rel=1e-9)


def same_rows(printed: list[dict[str, str]], wanted: list[dict]) -> None:
    def key(row: dict) -> tuple[str, str]:
        return row["area"], row["analysis"]

    found = {key(row): row for row in printed}
    assert len(found) == len(wanted)
    for row in wanted:
        for column in ("estimate", "std_error", "df", "ci_low", "lower", "upper", "p_value"):
            text = found[key(row)][column]
            value = float(text) if text else None
            wanted_value = row[column]
            if value is None or wanted_value is None:
                assert value == wanted_value, (key(row), column)
            else:
                assert value == pytest.approx(wanted_value, rel=1e-12, abs=1e-14), column
