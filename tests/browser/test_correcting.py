"""A transcript corrected as a person does: looked at first, then saved; also on a dark phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from coding import codebook, codings, transcripts
from coding.groups import add_group
from linkage import areas, stories
from linkage.study import open_study, writing
from tests.served import Server
from webapp.instance import Instance

from .conftest import Walker

TALK = (
    "Fac: Who looks after the path?\n\nAda: We do, four of us. 🌻 We cleerd it in March, and it "
    "is tidy now. Nobody else asked.\n\nBen: I have not got the Saturdays.\n\nAda: An hour helps.\n"
)
CODED = ("four of us", "cleerd it", "Nobody else asked", "An hour helps")


@pytest.fixture
def coded(tmp_path: Path):
    place = Instance.at(tmp_path / "instance")
    db = open_study(place.new_study("demo", "Paths"))
    file = tmp_path / "Path group.txt"
    file.write_text(TALK)
    with writing(db, "test", "set up"):
        areas.add_area(db, "east", "East")
        areas.add_issue(db, "paths", "Paths")
        coder, code = areas.ensure_coder(db, "Ana"), codebook.add_code(db, "Doing it together")
        transcripts.import_transcript(db, transcripts.preview(file), add_group(db, 1, "Hall"))
        whole = transcripts.text(db, 1)
        places = [(whole.index(q), whole.index(q) + len(q), q) for q in CODED]
        for start, end, quote in places:
            codings.add_coding(db, 1, code, coder, start, end, quote)
        about = {"area_id": 1, "issue_id": 1, "coder_id": coder}
        stories.add_story(db, title="The path", quotes=[(1, *places[1])], **about)
    db.close()
    place.people.first_administrator("Adi")
    place.close()
    server = Server(tmp_path / "instance").start()
    yield server
    server.stop()


def walk(browser: Browser, server: Server, **how: object) -> Walker:
    return Walker(browser.new_context(**how), f"http://127.0.0.1:{server.port}")


@pytest.mark.browser
def test_a_turn_is_corrected_from_the_desk_and_read_in_every_version(
    chromium: Browser, coded: Server
) -> None:
    walker = walk(chromium, coded, viewport={"width": 1366, "height": 768})
    walker.go(coded.link)
    desk = "/studies/demo/transcripts/1/"
    page = walker.go(f"{desk}?coding=2")
    page.get_by_role("link", name="Correct this turn").click()
    words = page.get_by_label("Words")
    expect(words).to_have_value(TALK.split("Ada: ")[1].split("\n")[0])
    walker.look("correct-before")
    words.press("Control+A")
    words.type("We do, four of us. 🌻 We cleared it in March, and it is tidy now.")
    page.get_by_role("button", name="Look at what changes").press("Enter")
    expect(page.get_by_text("1 coding is lost")).to_be_visible()
    expect(page.get_by_text("1 with other words")).to_be_visible()
    walker.look("correct-look")
    page.get_by_role("button", name="Save as version 2").press("Enter")
    expect(page.get_by_text("Saved as version 2")).to_be_visible()
    walker.look("correct-versions")
    page.get_by_role("link", name="Version 2").click()
    expect(page.locator("ins").first).to_contain_text("cleared")
    walker.look("correct-version")
    walker.go("/studies/demo/stories/1/")
    expect(page.get_by_text("Altered:")).to_be_visible()
    walker.look("correct-story")
    page.get_by_role("button", name="The new words still tell it").click()
    expect(page.get_by_text("Altered:")).to_have_count(0)
    walker.go(desk)
    expect(page.locator("[data-text]")).to_contain_text("We cleared it in March")
    assert walker.said == []
    walker.page.context.close()


@pytest.mark.browser
def test_a_turn_is_split_on_a_dark_phone(chromium: Browser, coded: Server) -> None:
    walker = walk(chromium, coded, viewport={"width": 390, "height": 844}, color_scheme="dark")
    walker.go(coded.link)
    page = walker.go("/studies/demo/transcripts/1/correct")
    walker.look("correct-phone-list")
    page.get_by_role("link", name="Correct turn 2").click()
    words = page.get_by_label("Words")
    words.press("Control+End")
    words.type("\n\nThat is so.")
    page.get_by_role("button", name="Look at what changes").click()
    page.get_by_label("Or somebody new of part 2").fill("Carol")
    page.get_by_role("button", name="Look again").click()
    walker.look("correct-phone-look")
    page.get_by_role("button", name="Save as version 2").click()
    expect(page.get_by_text("Saved as version 2")).to_be_visible()
    walker.go("/studies/demo/transcripts/1/correct")
    expect(page.get_by_text("Carol")).to_be_visible()
    assert walker.said == []
    walker.page.context.close()
