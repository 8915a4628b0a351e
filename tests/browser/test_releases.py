"""The ledger of what has left: an analyst takes a file, finds it there, sets the threshold."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Walker


@pytest.mark.browser
def test_a_file_that_left_is_found_and_a_higher_threshold_holds(walker: Walker) -> None:
    page = walker.go("/studies/demo/releases/")
    expect(page.locator("main")).to_contain_text("No table of respondents has left")
    walker.look("releases-none")
    page = walker.go("/studies/demo/joint/")
    with page.expect_download() as held:
        page.get_by_role("link", name="Download CSV").click()
    assert "[c]" not in Path(held.value.path()).read_text("utf-8-sig")
    page = walker.go("/studies/demo/releases/")
    page.get_by_label("Words").fill("joint")
    page.get_by_role("button", name="Search").click()
    walker.look("releases")
    page.get_by_role("link", name="Joint display").nth(1).click()
    expect(page.locator("main")).to_contain_text("Its counts as they left")
    walker.look("release")
    page.get_by_role("link", name="All releases").click()
    page.get_by_label("Threshold", exact=True).fill("900")
    page.get_by_role("button", name="Set").click()
    expect(page.locator("main")).to_contain_text("Threshold: 900 respondents")
    walker.go("/studies/demo/joint/")
    with page.expect_download() as held:
        page.get_by_role("link", name="Download CSV").click()
    assert "[c]" in Path(held.value.path()).read_text("utf-8-sig")
    walker.page.set_viewport_size({"width": 390, "height": 844})
    walker.go("/studies/demo/releases/")
    walker.look("releases-phone")
