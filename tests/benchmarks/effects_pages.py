"""The effects page of 2,000 respondents, 18 outcomes and a frozen plan (goal: 0.5 s)."""

import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from sqlite_utils import Database

from analysis.plan import Plan, PlannedOutcome
from linkage import areas, plans
from linkage.study import open_study, writing
from linkage.survey import import_survey
from webapp import create_app
from webapp.instance import Instance

RESPONDENTS, MEASURES, ISSUES = 2_000, 6, ("health", "safety", "environment")
ARMS = ("none", "A", "B", "A+B")
HEAD = """respondent = "id"
area = "area"
weight = "w"
{cluster}
[arm]
column = "arm"
labels = {{ none = ["none"], A = ["A"], B = ["B"], "A+B" = ["A+B"] }}
"""
OUTCOME = """[[outcome]]
key = "{key}"
column = "{key}"
issue = "{issue}"
measure = "{measure}"
scale = "hours"
"""
PAGES = (
    "", "?by=pooled", "?outcome=all", "?outcome=all&contrast=all&by=pooled",
    "?outcome=all&contrast=all", "?beside=1", "?issues=1",
)  # fmt: skip


def main() -> None:
    for cluster in ("", 'cluster = "household"'):
        print("  clustered by household" if cluster else "  one by one")
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            place = Instance.at(folder / "instance")
            db = open_study(place.new_study("pilot", "Pilot"))
            fill(db, folder, cluster)
            db.close()
            place.close()
            _pages(folder / "instance")


def fill(db: Database, folder: Path, cluster: str) -> None:
    """Import random answers, and freeze a plan with two primary measures."""
    rng = np.random.default_rng(1)
    n, told = RESPONDENTS, HEAD.format(cluster=cluster)
    columns: dict[str, object] = {"id": range(n), "area": rng.choice(list("abcd"), n),
                                  "arm": rng.choice(ARMS, n), "w": rng.uniform(0.5, 2, n),
                                  "household": np.arange(n) // 2}  # fmt: skip
    outcomes = []
    for number in range(MEASURES):
        for issue in ISSUES:
            key, measure = f"m{number}_{issue}", f"m{number}"
            columns[key] = rng.integers(0, 11, n)
            told += OUTCOME.format(key=key, issue=issue, measure=measure)
            outcomes.append(PlannedOutcome(key, issue, measure, "hours", number < 2, sesoi=0.5))
    with writing(db, "bench", "set up"):
        areas.add_wave(db, "1")
        for issue in ISSUES:
            areas.add_issue(db, issue, issue.title())
    pd.DataFrame(columns).to_csv(folder / "answers.csv", index=False)
    import_survey(db, "1", folder / "answers.csv", told, actor="bench", create_areas=True)
    plan = Plan(arms=ARMS, areas=list("abcd"), issues=ISSUES, outcomes=outcomes,
                primary_contrast="A alone", contrasts=["A alone", "B alone"])  # fmt: skip
    with writing(db, "bench", "plan"):
        plans.save_draft(db, 1, plan)
        plans.freeze_plan(db, 1, areas.ensure_coder(db, "Ana"))


def _pages(instance: Path) -> None:
    app = create_app(instance)
    place = app.extensions["coproduce"]
    client = app.test_client()
    user = place.people.ensure_user("Ana", administrator=True)
    client.get(f"/sign-in/{place.people.make_sign_in_link(user['id'])}")
    for page in PAGES:
        times = []
        for _ in range(4):
            started = time.perf_counter()
            assert client.get(f"/studies/pilot/effects/{page}").status_code == 200, page
            times.append(time.perf_counter() - started)
        first, later = 1000 * times[0], 1000 * median(times[1:])
        print(f"  {page or 'as it opens':40} first {first:5.0f} ms, then {later:5.0f}")
    place.close()


if __name__ == "__main__":
    print(__doc__)
    main()
