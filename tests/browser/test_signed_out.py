"""What was typed outlives a sign-in that ended, and nothing of it a sign-out."""

import pytest
from playwright.sync_api import expect

from tests.served import Server

from .conftest import Walker
from .test_researcher import marks, select
from .test_together import DESK, link_for


@pytest.mark.browser
def test_what_was_typed_outlives_a_sign_in(walker: Walker, server: Server) -> None:
    page = walker.go("/studies/demo/stories/1/")
    page.get_by_label("In one line").fill("Long thought over.")
    walker.context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("Sign in")
    walker.go(link_for(server.instance, "Administrator"))
    page.get_by_role("link", name="Go back to").click()
    expect(page.locator(".done")).to_contain_text("Restored what you had typed")
    expect(page.get_by_label("In one line")).to_have_value("Long thought over.")
    walker.look("together-restored")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".done")).to_contain_text("The story is saved.")
    page.reload()
    expect(page.get_by_label("In one line")).to_have_value("Long thought over.")
    expect(page.locator(".done")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
    walker.said.clear()  # Chromium may have noted a look that was answered 401


@pytest.mark.browser
def test_the_rows_of_a_message_outlive_a_slip_and_signing_out_clears_them(walker: Walker) -> None:
    page = walker.go("/studies/demo/settings")
    page.locator("#wave-name").fill("Wave 2")
    page.locator("#wave-key").fill("2")
    page.get_by_role("button", name="Add wave").click()
    walker.go("/studies/demo/messages/?wave=2")
    page.get_by_role("button", name="Write it: Local story (A), Tarnbridge, Health").click()
    page.get_by_label("Sentence 1", exact=True).fill("First.")
    page.get_by_role("button", name="Add a sentence").click()
    page.get_by_label("Sentence 2", exact=True).fill("Second.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_label("Sentence 2", exact=True)).to_have_value("Second.")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    assert page.evaluate("sessionStorage.length") == 0
    walker.said.clear()  # the page may have looked for news while it was signed out


@pytest.mark.browser
def test_the_desk_saves_again_after_signing_in_elsewhere(walker: Walker, server: Server) -> None:
    page = walker.go(DESK)
    walker.context.clear_cookies()
    select(page, 3, "She has")
    page.keyboard.type("being asked")
    page.keyboard.press("Enter")
    expect(page.locator("[data-status]")).to_contain_text("You have been signed out")
    walker.look("together-signed-out")
    other = walker.context.new_page()
    other.goto(walker.base + link_for(server.instance, "Administrator"))
    page.get_by_role("button", name="Save again").click()
    expect(marks(page, 3)).to_have_text("She has")
    walker.said.clear()  # Chromium notes the 401 itself
