"""People as a researcher keeps them: memos, one person in two groups, consent, who came."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Walker

pytestmark = pytest.mark.browser
S = "/studies/demo"


def test_a_memo_is_written_changed_in_place_and_undone(walker: Walker) -> None:
    page = walker.go(f"{S}/memos/journal")
    page.get_by_label("Title").fill("After the first reading")
    page.get_by_role("textbox", name="Memo").fill("They speak of the lane as theirs.")
    page.get_by_role("button", name="Save the entry").click()
    expect(page.get_by_text("They speak of the lane as theirs.").first).to_be_visible()
    walker.look("people-journal")
    page.goto(f"{walker.base}{S}/memos/?text=lane")
    walker.look("people-memos-before")
    page.get_by_text("Change", exact=False).first.click()
    page.locator("details[open] textarea").fill("They speak of the lane as their own.")
    page.locator("details[open]").get_by_role("button", name="Save").click()
    expect(page.get_by_text("The memo is saved.")).to_be_visible()
    walker.look("people-memos-after")
    page.get_by_role("button", name="Undo: change a memo").click()
    expect(page.locator(".memo-entry .what").first).to_have_text(
        "They speak of the lane as theirs."
    )


def test_a_coding_s_memo_leads_back_to_the_words(walker: Walker) -> None:
    page = walker.go(f"{S}/quotes/")
    page.get_by_role("link", name=re.compile(r"^Turn \d+")).first.click()
    coding = re.search(r"coding=(\d+)", page.url)
    assert coding
    walker.go(f"{S}/memos/new?coding={coding[1]}")
    page.get_by_role("textbox", name="Memo").fill("The heart of it.")
    page.get_by_role("button", name="Save").click()
    page.locator(".memo-entry", has_text="The heart of it.").get_by_role(
        "link", name=re.compile("turn")
    ).click()
    expect(page).to_have_url(re.compile(rf"coding={coding[1]}#t\d+"))


def test_one_person_in_two_groups_is_linked(walker: Walker) -> None:
    page = walker.go(f"{S}/speakers/")
    page.locator("tbody a").first.click()
    walker.look("people-speaker-before")
    page.get_by_label("In another group").select_option(index=0)
    page.get_by_role("button", name="Link as one person").click()
    expect(page.get_by_text("They count as one person")).to_be_visible()
    walker.look("people-speaker-after")


def test_consent_is_seen_recorded_and_kept_by_the_download(walker: Walker) -> None:
    page = walker.go(f"{S}/speakers/consents")
    walker.look("people-consents")
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Publication").check()
    page.get_by_label("Given").select_option("no")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded for 1 speaker: publication.")).to_be_visible()
    walker.go(f"{S}/quotes/")
    expect(page.get_by_text("left out for lack of consent to publication")).to_be_visible()
    walker.look("people-quotes-left-out")


def test_attributes_get_levels_and_groups_are_counted_by_them(walker: Walker) -> None:
    page = walker.go(f"{S}/speakers/attributes")
    page.get_by_role("link", name=re.compile("Define it.*gender")).click()
    page.get_by_label("Levels").fill("woman\nman")
    page.get_by_role("button", name="Define it").click()
    expect(page.get_by_role("heading", name="gender")).to_be_visible()
    walker.look("people-attributes")
    walker.go(f"{S}/speakers/composition")
    expect(page.get_by_role("columnheader", name="woman").first).to_be_visible()
    walker.look("people-composition")


@pytest.mark.parametrize(("width", "scheme"), [(1366, "dark"), (390, "light"), (390, "dark")])
def test_pages_of_people_look_well(walker: Walker, width: int, scheme: str) -> None:
    page = walker.page
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    walker.go(f"{S}/memos/new")
    page.get_by_role("textbox", name="Memo").fill("A thought in the margin.")
    page.get_by_role("button", name="Save").click()
    for name in ("memos/", "memos/journal", "speakers/", "speakers/1/", "speakers/consents",
                 "speakers/attributes", "speakers/composition", "speakers/import"):  # fmt: skip
        walker.go(f"{S}/{name}")
        walker.look(f"people-{name.strip('/').replace('/', '-')}-{scheme}-{width}")
    walker.go(f"{S}/messages/1/")
    walker.look(f"people-message-{scheme}-{width}")
