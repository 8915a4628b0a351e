"""A researcher finds topics, makes one a code, dismisses another and changes their mind."""

import pytest
from playwright.sync_api import expect

from .conftest import Walker

SIZES = {"desktop": (1366, 768), "phone": (390, 844)}


@pytest.mark.browser
def test_topics_are_found_made_codes_and_dismissed(walker: Walker) -> None:
    page = walker.go("/studies/demo/topics/")
    expect(page.locator("main")).to_contain_text("Turns of anybody but the moderator are compared")
    walker.look("topics-before")
    page.get_by_label("Topics (blank: as proposed)").fill("8")
    page.get_by_role("button", name="Find topics").click()
    expect(page.locator(".counts")).to_contain_text("8 topics", timeout=180_000)
    first = page.locator("#topic-1")
    first.get_by_role("checkbox").first.uncheck()
    first.locator(".make > summary").click()
    first.get_by_label("Name of the code").fill("Out and about")
    first.get_by_role("button", name="Make the code").click()
    expect(page.get_by_role("status")).to_contain_text("“Out and about” is made and put on 5")
    page.get_by_role("button", name="Undo: make a code of a topic").click()
    expect(page.get_by_role("status")).to_contain_text("Undone: make a code of a topic")
    page.locator("#topic-2").get_by_role("button", name="Dismiss").click()
    expect(page.locator(".counts")).to_contain_text("7 topics, 1 dismissed")
    page.get_by_text("1 dismissed topic", exact=True).click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(".counts")).to_contain_text("8 topics")
    page.get_by_label("Counts and quotes of").select_option(label="Aldercroft")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#topic-1 .facts")).to_contain_text("of 2 groups")
    expect(page.locator(".topics")).not_to_contain_text("Tarnbridge")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            walker.look(f"topics-{size}-{scheme}")
