"""What one look at a live transcript costs the processor, without the network."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from linkage import areas
from linkage.study import open_study, writing
from tests.big_study import add_codes, add_codings, add_transcript
from webapp import create_app
from webapp.instance import Instance

ROUNDS, LOOKS = 5, 400


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = Instance.at(folder / "instance")
        db = open_study(place.new_study("pilot", "Pilot"))
        with writing(db, "bench", "set up"):
            areas.add_area(db, "east", "East")
        transcript_id = add_transcript(db, folder, 10_000)
        codes = add_codes(db)
        add_codings(db, transcript_id, codes, 500)
        before = int(db.execute("SELECT max(id) FROM change").fetchone()[0])
        add_codings(db, transcript_id, codes, 1)
        db.close()
        place.close()
        _measure(create_app(folder / "instance"), transcript_id, before)


def _measure(app: Flask, transcript_id: int, before: int) -> None:
    instance: Instance = app.extensions["coproduce"]
    people, client = instance.people, app.test_client()
    ana = people.ensure_user("Ana", administrator=True)["id"]
    client.get(f"/sign-in/{people.make_sign_in_link(ana)}")
    cookie = client.get_cookie("coproduce")
    assert cookie
    live = f"/studies/pilot/transcripts/{transcript_id}/live"

    def look(since: int) -> Callable[[], None]:
        builder = EnvironBuilder(f"{live}?since={since}&turn=7")
        builder.headers["Cookie"] = f"coproduce={cookie.value}"

        def once() -> None:
            _, status, _ = run_wsgi_app(app, builder.get_environ(), buffered=True)
            assert status.startswith("200")

        return once

    _show("nothing changed", look(before + 1), LOOKS)
    _show("one coding more among 500, in 10,000 words", look(before), 20)
    instance.close()


def _show(label: str, run: Callable[[], None], times: int) -> None:
    run()
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(times):
            run()
        taken.append((time.process_time() - start) / times * 1000)
    print(
        f"  {label:<58} {statistics.median(taken):>9.2f} ms  ({min(taken):.2f} to {max(taken):.2f})"
    )
