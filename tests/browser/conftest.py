"""The demonstration study, served, in a real browser; every page is watched while it is used."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.chromium import FLAGS, find
from tests.served import Server
from webapp.demo import build_demo
from webapp.instance import Instance

SHOTS = Path(__file__).resolve().parents[2] / "screenshots"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium, and CI must look at the pages")
        pytest.skip("needs the system's Chromium (Debian: apt-get install -y chromium)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "instance"
    place = Instance.at(folder)
    build_demo(place, say=lambda words: None)
    place.close()
    return folder


@pytest.fixture
def server(demo_instance: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of its own copy of the demonstration study."""
    shutil.copytree(demo_instance, tmp_path / "instance")
    server = Server(tmp_path / "instance").start()
    yield server
    server.stop()


class Walker:
    """A page that complains of everything wrong it meets, and keeps a picture of each place."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base = context, base
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.said: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _note(self, message) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def go(self, path: str) -> Page:
        answer = self.page.goto(self.base + path)
        assert answer
        assert answer.status == 200, path
        return self.page

    def look(self, name: str) -> None:
        """Check title, heading, labels and contrast, and keep a picture."""
        page = self.page
        page.wait_for_load_state()
        expect(page.locator("h1")).to_have_count(1)
        assert page.locator("h1").inner_text().split("\n")[0][:40] in page.title()
        found = Axe().run(page).response["violations"]
        assert not found, [(v["id"], v["nodes"][0]["html"][:200]) for v in found]
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], f"{name} scrolls sideways: {width}"
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png")


@pytest.fixture
def walker(chromium: Browser, server: Server) -> Iterator[Walker]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    walker = Walker(context, f"http://127.0.0.1:{server.port}")
    walker.go(server.link)
    yield walker
    assert walker.said == []
    context.close()
