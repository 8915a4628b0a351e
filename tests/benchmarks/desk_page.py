"""A 10,000-word transcript on the desk, with 500 codings and with none."""

import tempfile
import time
from pathlib import Path

from linkage import areas
from linkage.study import open_study, writing
from tests.big_study import add_codes, add_codings, add_transcript
from tests.chromium import FLAGS, find
from tests.served import Person, Server
from webapp.instance import Instance

from .timing import seconds, show


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = Instance.at(folder / "instance")
        db = open_study(place.new_study("pilot", "Pilot"))
        with writing(db, "bench", "set up"):
            areas.add_area(db, "east", "East")
        coded, plain = (add_transcript(db, folder, 10_000, seed) for seed in (1, 2))
        add_codings(db, coded, add_codes(db), 500)
        db.close()
        place.close()
        server = Server(folder / "instance").start()
        try:
            _answers(server, coded, plain)
        finally:
            server.stop()


def _answers(server: Server, coded: int, plain: int) -> None:
    person = Person(server.port, server.link)

    def page(number: int) -> None:
        assert person.call("GET", f"/studies/pilot/transcripts/{number}/")[0] == 200

    with_codings = show("answered with 500 codings", seconds(lambda: page(coded), 9))
    without = show("answered with none", seconds(lambda: page(plain), 9))
    print(f"  ratio: {with_codings / without:.2f} x the same page without codings")
    _painted(server, person, coded, plain)


def _painted(server: Server, person: Person, coded: int, plain: int) -> None:
    path = find()
    if path is None:
        print("  (no Chromium: painting not measured)")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as chromium:
        browser = chromium.chromium.launch(executable_path=path, args=FLAGS)
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        cookie, value = person.cookie.split("=", 1)
        base = f"http://127.0.0.1:{server.port}"
        context.add_cookies([{"name": cookie, "value": value, "url": base}])
        page = context.new_page()

        def painted(number: int) -> None:
            page.goto(f"{base}/studies/pilot/transcripts/{number}/")
            page.evaluate("() => new Promise(r => requestAnimationFrame(() => setTimeout(r)))")

        show("opened and painted with 500 codings", seconds(lambda: painted(coded), 9))
        show("opened and painted with none", seconds(lambda: painted(plain), 9))
        browser.close()
        time.sleep(0.1)
