"""The framework matrix with the keyboard alone: to a cell, a quote referred to, saved."""

import pytest
from playwright.sync_api import expect

from .conftest import Walker


@pytest.mark.browser
def test_a_cell_is_reached_written_and_read_with_keys(walker: Walker) -> None:
    page = walker.go("/studies/demo/framework/")
    walker.look("framework-before")
    first = page.locator("tbody tr").first.locator("[data-cell]")
    first.first.focus()
    page.keyboard.press("End")
    expect(first.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(first.first).to_be_focused()
    page.locator("[data-cell]", has_text="quote").filter(has_not_text="No quotes").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#summary-heading")).to_be_visible()
    page.locator("textarea").focus()
    page.keyboard.type("They do it themselves")
    page.get_by_role("button", name="Refer to it").first.press("Enter")
    walker.look("framework-cell")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("saved")
    assert page.locator(".written a").inner_text().startswith("[q")
    page.set_viewport_size({"width": 390, "height": 844})
    walker.look("framework-cell-phone")
    walker.go("/studies/demo/framework/")
    expect(page.locator("td .said").first).to_contain_text("They do it themselves")
    walker.look("framework-phone")
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(color_scheme="dark")
    walker.look("framework-dark")
