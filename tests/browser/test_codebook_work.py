"""The codebook by mouse and by keys: nest, put in order, find, merge, split."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Walker

BOOK = "/studies/demo/codebook/"


def parents(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.eval_on_selector_all(
        "[data-entry]",
        "all => Object.fromEntries(all.map(e => [e.dataset.name, e.dataset.parent]))",
    )
    return found


@pytest.mark.browser
def test_a_code_is_nested_by_mouse_and_brought_up_by_keys(walker: Walker) -> None:
    page = walker.go(BOOK)
    walker.look("codebook-before-drag")
    themes = page.locator("section.theme > [data-entry]")
    name, number = (themes.nth(1).get_attribute(f"data-{what}") for what in ("name", "entry"))
    above = themes.nth(0).get_attribute("data-entry")
    assert name
    handle = page.locator(f"#code-{number} .handle")
    handle.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 0)")
    start, goal = handle.bounding_box(), page.locator(f"#code-{above}").bounding_box()
    assert start
    assert goal
    if start["y"] > 740:
        page.set_viewport_size({"width": 1366, "height": 2400})
        start, goal = handle.bounding_box(), page.locator(f"#code-{above}").bounding_box()
        assert start
        assert goal
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(goal["x"] + 60, goal["y"] + goal["height"] / 2, steps=5)
    page.mouse.up()
    expect(page.get_by_text(f"Moved “{name}”.")).to_be_visible()
    assert parents(page)[name] == above
    walker.look("codebook-after-drag")
    expect(page.locator(f"#code-{number} .handle")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
    assert parents(page)[name] == ""


@pytest.mark.browser
def test_codes_are_merged_and_split_on_pages_that_pass(walker: Walker) -> None:
    page = walker.go(BOOK)
    page.get_by_role("link", name="Merge codes").click()
    walker.look("codebook-choose-merge")
    for place in (1, 2):
        page.get_by_role("checkbox").nth(place).check()
    page.get_by_role("button", name="See what it does").click()
    walker.look("codebook-merge")
    page.get_by_role("button", name="Merge the codes").click()
    expect(page.get_by_role("status").filter(has_text="Merged")).to_be_visible()
    page.locator(".entry:target h2 a, .entry:target h3 a").click()
    page.get_by_role("link", name="Split …").click()
    page.get_by_label("Name of a new code").fill("Only the first")
    page.locator("[name=coding]").first.check()
    page.get_by_role("button", name="See what it does").click()
    walker.look("codebook-split")
    page.get_by_role("button", name="Split the code").click()
    expect(page.locator(".entry:target")).to_contain_text("Only the first")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    walker.look("codebook-phone-dark")
