"""The analyst asks the coded words: a query is put together, read, opened and downloaded."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Walker

PAGES = ("", "quotes", "cooccurrence", "table", "words", "saturation", "transcript")
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}


@pytest.mark.browser
def test_a_query_is_asked_opened_and_downloaded(walker: Walker) -> None:
    page = walker.go("/studies/demo/queries/")
    page.get_by_role("link", name="Quotes").last.click()
    page.get_by_label("Quotes coded").select_option(label="Acting together")
    page.get_by_label("Condition 1: how").select_option("near")
    page.get_by_label("Condition 1: code").select_option(label="Can we make a difference?")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".counts")).to_contain_text("speakers in")
    assert "how1=near" in page.url
    with page.expect_download() as held:
        page.get_by_role("link", name="PDF").click()
    assert Path(held.value.path()).read_bytes().startswith(b"%PDF")
    page.locator(".quotes a").first.click()
    expect(page.locator("[data-place]")).to_have_count(1)
    walker.go("/studies/demo/queries/cooccurrence")
    page.get_by_role("link", name="quotes of Help that came with Working side by side").click()
    expect(page.locator(".counts")).to_contain_text("6 speakers")
    walker.go("/studies/demo/queries/table?count=codings")
    expect(page.locator("main")).to_contain_text("No test on quotes")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_queries_are_readable_wide_and_on_a_phone(walker: Walker, scheme: str) -> None:
    walker.page.emulate_media(color_scheme=scheme)
    for size, (width, height) in SIZES.items():
        walker.page.set_viewport_size({"width": width, "height": height})
        for name in PAGES:
            walker.go(f"/studies/demo/queries/{name}")
            walker.look(f"queries-{name or 'index'}-{size}-{scheme}")
