"""The language model as a researcher meets it: reading with progress, the study's own names."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Walker

pytestmark = pytest.mark.browser
PAGE = "/studies/demo/language/"


def test_transcripts_are_read_with_progress_and_a_name_asks_for_some_again(walker: Walker) -> None:
    page = walker.go("/studies/demo/settings")
    page.get_by_role("link", name="Language model").click()
    expect(page.get_by_text("en_core_web", exact=False).first).to_be_visible()
    walker.look("language-before")
    page.get_by_role("button", name=re.compile(r"Read \d+ transcripts")).click()
    expect(page.get_by_role("heading", name="Read the transcripts")).to_be_visible()
    walker.look("language-reading")
    expect(page.get_by_text(re.compile(r"\d+ transcripts read\."))).to_be_visible(timeout=120_000)
    expect(page.get_by_role("button", name=re.compile("^Read"))).to_have_count(0)
    page.get_by_label("Name", exact=True).fill("Plover House")
    page.get_by_label("Kind", exact=True).focus()
    page.keyboard.type("Gr")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="Plover House")).to_be_visible()
    expect(page.get_by_role("cell", name="Group", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(r"Read \d transcripts?"))).to_be_visible()
    walker.look("language-after")


def test_a_cancelled_reading_says_so(walker: Walker) -> None:
    page = walker.go(PAGE)
    page.get_by_role("button", name=re.compile(r"Read \d+ transcripts")).click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled; nothing half-done was kept")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("button", name=re.compile(r"Read \d+ transcripts?"))).to_be_visible()


def test_names_come_from_a_file_and_a_bad_one_is_told(walker: Walker, tmp_path: Path) -> None:
    page = walker.go(PAGE)
    file = tmp_path / "names.csv"
    file.write_text("name,kind\nMo,person\nLeeds,planet\n", encoding="utf-8")
    page.get_by_label("From a file").set_input_files(file)
    page.get_by_role("button", name="Add all").click()
    expect(page.get_by_role("alert")).to_contain_text("Row 3: A name is a place, a group or a per")
    walker.look("language-bad-file")
    walker.said.clear()  # the browser notes every answer of 400
    file.write_text("\n".join(f"Street {number}" for number in range(30)), encoding="utf-8")
    page.get_by_label("From a file").set_input_files(file)
    page.get_by_role("button", name="Add all").click()
    expect(page.get_by_text("30 names added.")).to_be_visible()
    page.get_by_label("Look for a name").fill("street 2")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("11 with “street 2”")).to_be_visible()
    page.get_by_role("button", name="Remove Street 29").click()
    expect(page.get_by_text("Removed: Street 29.")).to_be_visible()
    page.get_by_role("button", name="Undo: take “Street 29” off the gazetteer").click()
    expect(page.get_by_text("30 names listed")).to_be_visible()
    for width, theme in [(390, "light"), (390, "dark"), (1366, "dark")]:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=theme)
        walker.look(f"language-{width}-{theme}")
