"""The nudge author: marks a story in the words, writes a message from it, version by version."""

import pytest
from playwright.sync_api import expect

from .conftest import Walker
from .test_researcher import select


@pytest.mark.browser
def test_from_words_to_a_message_and_its_versions(walker: Walker) -> None:
    page = walker.go("/studies/demo/settings")
    walker.look("settings")
    page.locator("#wave-name").fill("Wave 2")
    page.locator("#wave-key").fill("2")
    page.get_by_role("button", name="Add wave").click()

    page = walker.go("/studies/demo/transcripts/1/")
    select(page, 4, "The light on the river of a morning")
    page.get_by_role("link", name="Keep as story").first.click()
    walker.look("story-new")
    page.get_by_label("Title").fill("The light on the river")
    page.get_by_label("Issue").select_option(label="Local environment")
    page.get_by_label("Who did it").fill("Residents")
    page.get_by_role("button", name="Keep the story").click()
    expect(page.locator("h1")).to_have_text("The light on the river")
    walker.look("story")
    walker.go("/studies/demo/stories/")
    expect(page.locator("main")).to_contain_text("The light on the river")
    walker.look("stories")

    walker.go("/studies/demo/messages/?wave=2")
    walker.look("messages")
    page.get_by_role(
        "button", name="Write it: Local story (A), Marlowe Reach, Local environment"
    ).click()
    first = page.get_by_label("Sentence 1", exact=True)
    first.fill("In the morning there is light on the river.")
    page.locator("[data-sentence]").first.locator("input[type=checkbox]").last.check()
    page.get_by_role("button", name="Save as version 1").first.click()
    expect(page.locator("main")).to_contain_text("Version 1")
    page.get_by_role("button", name="Add a sentence").click()
    page.get_by_label("Sentence 2", exact=True).fill("You could come and look.")
    expect(page.locator("[data-preview]")).to_contain_text("You could come and look.")
    page.get_by_role("button", name="Save as version 2").first.click()
    expect(page.locator("main")).to_contain_text("Version 2")
    walker.look("message-editor")
    page.get_by_role("link", name="Where the words come from").click()
    expect(page.locator("main")).to_contain_text("The light on the river")
    walker.look("message-provenance")


@pytest.mark.browser
def test_two_authors_lose_nothing(walker: Walker) -> None:
    page = walker.go("/studies/demo/settings")
    page.locator("#wave-name").fill("Wave 2")
    page.locator("#wave-key").fill("2")
    page.get_by_role("button", name="Add wave").click()
    walker.go("/studies/demo/messages/?wave=2")
    page.get_by_role("button", name="Write it: Local story (A), Tarnbridge, Health").click()
    other = walker.context.new_page()
    other.goto(page.url)
    other.get_by_label("Sentence 1", exact=True).fill("The other author was quicker.")
    other.get_by_role("button", name="Save as version 1").first.click()
    expect(other.locator("main")).to_contain_text("Version 1")
    page.get_by_label("Sentence 1", exact=True).fill("My own words stay.")
    page.get_by_role("button", name="Save as version 1").first.click()
    expect(page.locator("main")).to_contain_text("The other author was quicker.")
    expect(page.get_by_label("Sentence 1", exact=True)).to_have_value("My own words stay.")
    expect(page.get_by_role("button", name="Save mine over theirs")).to_be_visible()
    walker.said.clear()  # Chromium notes the 409 itself
    walker.look("message-conflict")


@pytest.mark.browser
def test_what_respondents_read_is_locked(walker: Walker) -> None:
    page = walker.go("/studies/demo/messages/1/")
    expect(page.locator("main")).to_contain_text("fixed")
    expect(page.locator("[data-editor]")).to_have_count(0)
    walker.look("message-fixed")
