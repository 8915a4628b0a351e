"""The analyst reads effects: filters, pictures, draws by a job, and files, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Walker

EFFECTS = "/studies/demo/effects/"


@pytest.mark.browser
def test_effects_are_filtered_redrawn_and_saved(walker: Walker) -> None:
    page = walker.go(EFFECTS)
    expect(page.get_by_role("heading", name="In words")).to_be_visible()
    walker.look("effects-opens")

    page.get_by_label("Outcome").select_option(label="Every outcome")
    page.get_by_label("Places").select_option(label="pooled over areas")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("outcome=all.*by=pooled"))
    rows = page.get_by_role("region", name="The effects as a table").locator("tbody tr")
    assert rows.count() == 9
    walker.look("effects-every-outcome")

    page.get_by_text("Beside these effects").click()
    page.get_by_label("Measures over all issues").check()
    page.get_by_label("Subgroups by").select_option("age")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("region", name="Subgroups by age")).to_be_visible()
    expect(page.get_by_role("region", name="Measures over all issues")).to_be_visible()
    walker.look("effects-beside")

    walker.go(EFFECTS)
    page.get_by_label("Draws").fill("200")
    page.get_by_role("button", name=re.compile("[Dd]raw")).click()
    expect(page.locator("#redrawn")).to_contain_text("Redrawn 200 times", timeout=120_000)
    expect(page.get_by_role("columnheader", name="p, redrawn")).to_be_visible()
    walker.look("effects-redrawn")

    with page.expect_download() as held:
        page.get_by_role("link", name="CSV").click()
    saved = Path(held.value.path()).read_text("utf-8-sig")
    assert "p_randomisation" in saved.splitlines()[0]
    with page.expect_download() as held:
        page.get_by_role("link", name="PDF").click()
    assert Path(held.value.path()).read_bytes().startswith(b"%PDF")
