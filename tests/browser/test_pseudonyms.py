"""An owner finds names, decides, looks, hides, and looks behind one, on the pages."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Walker


@pytest.mark.browser
def test_names_are_found_decided_hidden_and_looked_behind(walker: Walker) -> None:
    page = walker.go("/studies/demo/pseudonyms/")
    walker.look("pseudonyms-empty")
    page.get_by_role("button", name="Search", exact=True).press("Enter")
    expect(page.locator("table.names")).to_be_visible(timeout=180_000)
    walker.look("pseudonyms-list")
    page.get_by_label("Kind").select_option("person")
    page.get_by_role("button", name="Show", exact=True).click()
    first = page.locator("table.names tbody tr").first
    name = first.get_by_role("link").inner_text()
    first.get_by_role("radio", name="Hide", exact=True).check()
    first.get_by_role("textbox").fill("[The first one]")
    page.get_by_role("button", name="Save decisions").click()
    expect(page.get_by_role("status")).to_contain_text("1 decision saved")
    page.get_by_label("Show").select_option("hide")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("mark").first).to_have_text(re.compile(re.escape(name), re.IGNORECASE))
    walker.look("pseudonyms-name")
    walker.go("/studies/demo/pseudonyms/look")
    expect(page.locator("ins").first).to_contain_text("[The first one]")
    walker.look("pseudonyms-look")
    page.get_by_role("button", name="Hide 1 name").click()
    expect(page.get_by_role("status").first).to_contain_text("1 name hidden", timeout=180_000)
    walker.go("/studies/demo/pseudonyms/key")
    page.get_by_role("button", name="Look behind it").click()
    expect(page.get_by_role("status")).to_contain_text(name)
    expect(page.get_by_text("looked behind [The first one]")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    walker.look("pseudonyms-key-phone")
    walker.go("/studies/demo/pseudonyms/")
    walker.look("pseudonyms-phone")
    page.emulate_media(color_scheme="dark")
    walker.look("pseudonyms-dark")
