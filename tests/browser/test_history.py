"""The history in the browser: undo leaves others' work alone, what was deleted comes back."""

import pytest
from playwright.sync_api import Page, expect

from tests.served import Server
from webapp.instance import Instance

from .conftest import Walker

HISTORY = "/studies/demo/history/"


@pytest.fixture
def colleague(chromium, server: Server):
    """Another person at another browser."""
    place = Instance.at(server.instance)
    token = place.people.make_sign_in_link(
        place.people.ensure_user("Tom", administrator=True)["id"]
    )
    place.close()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.port}/sign-in/{token}")
    yield page
    context.close()


def add_code(page: Page, base: str, name: str) -> None:
    page.goto(base + "/studies/demo/codebook/")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_load_state()


@pytest.mark.browser
def test_undo_in_one_browser_does_not_touch_the_others_work(
    walker: Walker, colleague: Page
) -> None:
    add_code(walker.page, walker.base, "Of the first")
    add_code(colleague, walker.base, "Of the colleague")
    page = walker.go(HISTORY)
    expect(page.locator("#own + p")).to_have_text("add the code “Of the first”")
    page.get_by_role("button", name="Undo add the code “Of the first”").click()
    expect(page.get_by_role("status")).to_have_text("Undone: add the code “Of the first”.")
    colleague.goto(walker.base + "/studies/demo/codebook/")
    expect(colleague.get_by_role("link", name="Of the colleague")).to_be_visible()
    expect(colleague.get_by_role("link", name="Of the first")).to_have_count(0)
    colleague.goto(walker.base + HISTORY)
    expect(colleague.locator("#own + p")).to_have_text("add the code “Of the colleague”")


@pytest.mark.browser
def test_deleted_brought_back_and_compared(walker: Walker) -> None:
    page = walker.go(HISTORY)
    walker.look("history-first")
    page.get_by_label("Name").fill("Before the meeting")
    page.get_by_role("button", name="Take a snapshot").click()
    page = walker.go("/studies/demo/codebook/20/delete")
    page.get_by_role("button", name="Delete the code").click()
    page.goto(walker.base + "/studies/demo/codebook/5/")
    page.get_by_label("Name").fill("Watching over each other")
    page.get_by_label("Definition").fill(
        "Neighbours look in on one another, and watch over each other's health and safety."
    )
    page.get_by_role("button", name="Save").click()

    page = walker.go(HISTORY)
    page.locator("summary").filter(has_text="1 code changed").first.click()
    page.locator("summary").filter(has_text="1 code deleted").first.click()
    walker.look("history")
    page.get_by_role("link", name="Codebook since Before the meeting").click()
    expect(page.locator("main")).to_contain_text("1 removed")
    expect(page.locator("main")).to_contain_text("1 renamed")
    walker.look("history-codebook")

    page = walker.go(HISTORY)
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".done")).to_contain_text("Health or age in the way")
    walker.go(HISTORY + "codebook?from=1")
    expect(page.locator("main")).not_to_contain_text("1 removed")
    walker.go(HISTORY + "?kind=code&id=20")
    walker.look("history-of-a-code")
    walker.go(HISTORY + "?text=nothing+of+the+kind")
    walker.look("history-nothing")
