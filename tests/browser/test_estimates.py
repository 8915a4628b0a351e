"""The estimates page: every section, its choices, its files, on a desk and on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Walker

PAGE = "/studies/demo/estimates/"


@pytest.mark.browser
def test_one_outcome_by_every_estimator(walker: Walker) -> None:
    page = walker.go(PAGE)
    walker.look("estimates")
    page.get_by_label("Outcome").select_option(label="Difference citizens make, Health")
    page.get_by_label("Place").select_option(label="Aldercroft")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Answers by arm")).to_be_visible()
    expect(page.locator("main svg").first).to_be_visible()
    assert "area=aldercroft" in page.url
    walker.look("estimates-ordinal")
    with page.expect_download() as held:
        page.get_by_role("link", name="CSV of sensitivity").click()
    table = Path(held.value.path()).read_text("utf-8-sig")
    assert "Lee bounds" in table
    with page.expect_download() as held:
        page.get_by_role("link", name="R code").click()
    assert "lm_robust" in Path(held.value.path()).read_text("utf-8")
    page.get_by_role("link", name="Effects", exact=True).last.click()
    expect(page.locator("h1")).to_contain_text("Effects")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_estimates_on_a_phone(walker: Walker, scheme: str) -> None:
    walker.page.emulate_media(color_scheme=scheme)
    walker.page.set_viewport_size({"width": 390, "height": 844})
    walker.go(PAGE)
    walker.look(f"phone-{scheme}-estimates")
    walker.go(f"{PAGE}?outcome=difference_health")
    walker.look(f"phone-{scheme}-estimates-ordinal")
