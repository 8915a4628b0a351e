"""The desk in Chromium beside Taguette: 60,000 words, 2,000 overlapping codings, one more of them.

Same text (HTML import there), same passages, same codes; opened until all is painted, and from the
release of the mouse on the code (there: on Save, after the code is ticked) to the painted coding.
"""

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coding import codings
from linkage.study import open_study
from tests.chromium import FLAGS, find

from . import taguette
from .pilot import Pilot, talk
from .timing import compare, show

TURNS, CODES, CODINGS = 1500, 20, 2000
ROUNDS, CODED = 12, 12
HIGHLIGHT = """
    INSERT INTO highlights (id, document_id, start_offset, end_offset, snippet)
    VALUES (?, 1, ?, ?, ?)
    """
PAINTED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
SOON, DRAWN, THERE = ".text .soon", ".text mark:not(.soon)", "[data-highlight-id]"
ALL_THERE = """
    many => new Promise(done => {
        const look = () => {
            if (document.querySelectorAll("[data-highlight-id]").length >= many) {
                const ids = [...document.querySelectorAll("[data-highlight-id]")];
                if (new Set(ids.map(each => each.dataset.highlightId)).size >= many) {
                    return requestAnimationFrame(() => setTimeout(done));
                }
            }
            setTimeout(look, 20);
        };
        look();
    })"""
SELECT = """
    ([paragraph, from, to]) => {
        const all = document.querySelectorAll("[data-turn] > p, #document-contents p");
        const words = all[paragraph];
        words.scrollIntoView({ block: "center", behavior: "instant" });
        const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        let [at, begun] = [words.parentElement.matches("[data-turn]") ? 0 : -9, false];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const end = at + node.data.length;
            if (!begun && from < end) {
                range.setStart(node, Math.max(0, from - at));
                begun = true;
            }
            if (to <= end) { range.setEnd(node, to - at); break; }
            at = end;
        }
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }"""
# Counts the marks and asks in each frame; the frame in which one is more has been painted when the
# timer set in it fires.
WATCH = """
    selector => {
        const before = document.querySelectorAll(selector).length;
        window.painted = null;
        addEventListener("pointerup", () => {
            const released = performance.now();
            const look = () => {
                if (document.querySelectorAll(selector).length > before) {
                    return setTimeout(() => { window.painted = performance.now() - released; });
                }
                requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
        }, { once: true, capture: true });
    }"""


def main() -> None:
    reason = "no Chromium" if find() is None else taguette.install()
    if reason:
        print(f"  (skipped: {reason})")
        return
    from playwright.sync_api import sync_playwright

    spoken = talk(TURNS)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        theirs = taguette.Taguette(Path(name), spoken, CODES)
        ours = Pilot(spoken, CODINGS)
        browser = driver.chromium.launch(executable_path=find(), args=FLAGS)
        try:
            plain = _without_codings(ours)
            _fill(Path(name) / "taguette.sqlite3", theirs, ours)
            _measure(browser, ours, plain, theirs)
        finally:
            browser.close()
            ours.stop()
            theirs.stop()


def _without_codings(ours: Pilot) -> int:
    db = open_study(ours.file)
    number = ours._import(db, talk(TURNS, seed=2))
    db.close()
    return number


def _fill(file: Path, theirs: taguette.Taguette, ours: Pilot) -> None:
    """Give them the passages that we have, into their file: their server takes a second for each.

    Offsets there count bytes; here all are ASCII.
    """
    db = open_study(ours.file)
    rows = codings.list_codings(db, 1)
    db.close()
    file_of_theirs = sqlite3.connect(file)
    for number, row in enumerate(rows, start=1):
        place = (row["start"], row["end"], row["quote"])
        assert theirs.text[place[0] : place[1]] == row["quote"]
        tag = theirs.tags[ours.codes.index(row["code_id"])]
        file_of_theirs.execute(HIGHLIGHT, (number, *place))
        file_of_theirs.execute("INSERT INTO highlight_tags VALUES (?, ?)", (number, tag))
    file_of_theirs.commit()
    file_of_theirs.close()


def _measure(browser: Any, ours: Pilot, plain: int, theirs: taguette.Taguette) -> None:
    mine = _page(browser, f"http://127.0.0.1:{ours.port}", ours.headers)
    other = _page(browser, f"http://127.0.0.1:{theirs.port}", theirs.headers)
    desk = f"http://127.0.0.1:{ours.port}/studies/pilot/transcripts/"
    document = f"http://127.0.0.1:{theirs.port}{theirs.document.removeprefix('/api')}"
    coded, empty = _alternating(mine, f"{desk}1/", f"{desk}{plain}/")
    with_codings = show("opened, with 2,000 codings", coded)
    without = show("opened, with none", empty)
    print(f"  ratio: {with_codings / without:.2f} x the same page without codings (at most 1.5)")
    there = show("opened, Taguette", _opened(other, document, ALL_THERE, CODINGS, times=3))
    compare(with_codings, there, "as fast to open as Taguette (at least 5)")
    mine.goto(f"{desk}1/")
    mine.wait_for_timeout(2500)
    soon = _told("a new coding painted", _coded(mine, _ours(mine), SOON))
    _told("the same, saved and drawn by the server", _coded(mine, _ours(mine), DRAWN))
    late = _told("a new coding painted, Taguette", _coded(other, _theirs(other), THERE))
    compare(soon, late, "as fast to paint as Taguette (at least 5)")


def _page(browser: Any, base: str, headers: dict[str, str]) -> Any:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    for pair in headers["Cookie"].split("; "):
        name, value = pair.split("=", 1)
        context.add_cookies([{"name": name, "value": value.strip('"'), "url": base}])
    page = context.new_page()
    page.set_default_timeout(180_000)
    return page


def _opened(page: Any, address: str, until: str, given: Any = None, times: int = 1) -> list[float]:
    taken = []
    for _ in range(times + 1):
        start = time.perf_counter()
        page.goto(address)
        page.evaluate(until, given)
        taken.append(time.perf_counter() - start)
    return taken[1:]  # the first fills caches on both sides


def _alternating(page: Any, *addresses: str) -> list[list[float]]:
    """Open the pages in turn, so that what else the machine does falls on both."""
    rounds = [[_opened(page, each, PAINTED, times=1) for each in addresses] for _ in range(ROUNDS)]
    return [
        [one for round_ in rounds for one in round_[number]] for number in range(len(addresses))
    ]


def _coded(page: Any, act: Callable[[], None], selector: str) -> list[float]:
    rng, taken = random.Random(selector), []
    for number in range(CODED):
        start = rng.randrange(1, 12)
        page.evaluate(SELECT, [rng.randrange(20, TURNS - 50), start, start + 12 + number])
        page.wait_for_timeout(600)
        page.evaluate(WATCH, selector)
        act()
        for _ in range(1000):
            page.wait_for_timeout(30)
            if found := page.evaluate("window.painted"):
                taken.append(found / 1000)
                break
        page.wait_for_timeout(1200)
    return taken


def _ours(page: Any) -> Callable[[], None]:
    def act() -> None:
        box = page.locator("[data-code]").nth(3).bounding_box()
        page.mouse.click(box["x"] + 60, box["y"] + 8)

    return act


def _theirs(page: Any) -> Callable[[], None]:
    def act() -> None:
        page.keyboard.press("n")
        page.locator("#highlight-add-tags input").nth(3).check()
        page.locator('#highlight-add-form button[type="submit"]').click()

    return act


def _told(label: str, taken: list[float]) -> float:
    middle = show(label, taken)
    print(f"    p95 {sorted(taken)[int(0.95 * len(taken)) - 1] * 1000:.1f} ms of {len(taken)}")
    return middle


if __name__ == "__main__":
    print(__doc__)
    main()
