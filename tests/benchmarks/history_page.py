"""The history: a page of a study of 20,000 changes (goal: 300 ms), and walking its chain."""

import tempfile
import time
from pathlib import Path
from statistics import median

from linkage.study import open_study
from linkage.verifying import verify
from tests.long_history import add_changes
from webapp import create_app
from webapp.demo import KEY, build_demo
from webapp.instance import Instance

CHANGES = 20_000
VIEWS = ("", "?kind=code&id=5", "?person=Person+3", "?text=nowhere+to+be+found", "?before=10000")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Instance.at(folder)
        build_demo(place, say=lambda words: None)
        place.close()
        db = open_study(place.study_path(KEY))
        add_changes(db, CHANGES)
        started = time.perf_counter()
        assert verify(db) == []
        print(f"  chain: {CHANGES / (time.perf_counter() - started):,.0f} changes/s")
        db.close()
        _pages(Path(folder))


def _pages(folder: Path) -> None:
    app = create_app(folder)
    place = app.extensions["coproduce"]
    client = app.test_client()
    token = place.people.make_sign_in_link(
        place.people.ensure_user("Ana", administrator=True)["id"]
    )
    client.get(f"/sign-in/{token}")
    for view in VIEWS:
        times = []
        for _ in range(7):
            started = time.perf_counter()
            assert client.get(f"/studies/{KEY}/history/{view}").status_code == 200
            times.append(time.perf_counter() - started)
        print(f"  /history/{view:32} {1000 * median(times):4.0f} ms (most {1000 * max(times):.0f})")
    place.close()
