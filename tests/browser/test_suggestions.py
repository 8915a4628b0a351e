"""Suggestions in a real browser: learned, reviewed by keys, shown on the desk, met by a tap."""

import pytest
from playwright.sync_api import Page, expect

from coding.codings import list_codings, list_marks
from coding.transcripts import list_turns
from linkage.study import open_study, writing
from tests.served import Server
from tests.suggested import learn, suggest

from .conftest import Walker

pytestmark = pytest.mark.browser

S = "/studies/demo"


@pytest.fixture
def learned(walker: Walker) -> Walker:
    """The demonstration study after its codings were learned from, by the button."""
    page = walker.go(f"{S}/suggestions/")
    page.get_by_role("button", name="Learn from the codings now").click()
    expect(page.locator("[data-suggestion]").first).to_be_visible(timeout=180_000)
    return walker


@pytest.fixture
def by_hand(walker: Walker, server: Server) -> Walker:
    """The demonstration study with a suggestion on each of many turns that bear no code."""
    db = open_study(server.instance / "studies" / "demo.db")
    with writing(db, "test", "suggest"):
        learn(db, at="2030-01-01T00:00:00+00:00")
        near = list_codings(db, 1)[0]["id"]
        for transcript_id in (1, 2):
            for turn in uncoded(db, transcript_id)[:15]:
                suggest(db, transcript_id, 2, turn["speech_start"], turn["end"],
                        words=("neighbours",), nearest=(near,))  # fmt: skip
    db.close()
    return walker


def uncoded(db, transcript_id: int) -> list[dict]:
    """List what participants said in turns that no coding touches."""
    coded = list_marks(db, transcript_id)
    return [
        turn
        for turn in list_turns(db, transcript_id)
        if turn["role"] == "participant"
        and not any(c["start"] < turn["end"] and c["end"] > turn["start"] for c in coded)
    ]


def total(page: Page) -> int:
    return int(page.locator(".review-bar .counts b").inner_text().split()[0].replace(",", ""))


def test_suggestions_are_reviewed_by_keys(learned: Walker) -> None:
    page, before = learned.page, total(learned.page)
    learned.look("suggestions")
    first = page.locator("[data-suggestion]").first.get_attribute("id")
    page.keyboard.press("j")
    page.keyboard.press("y")
    expect(page.locator("[data-said]")).to_contain_text("Coded as")
    assert total(page) == before - 1
    assert page.locator(f"#{first}").count() == 0
    # The next one is chosen already, so that a row of keys decides a row of suggestions.
    page.keyboard.press("d")
    expect(page.locator("[data-said]")).to_contain_text("Rejected")
    assert total(page) == before - 2
    page.keyboard.press("u")
    expect(page.locator("[data-said]")).to_contain_text("Undone: reject")
    assert total(page) == before - 1
    page.get_by_role("link", name="How good they are").click()
    learned.look("suggestions-quality")
    expect(page.locator("main")).to_contain_text("1 of 1")


def test_a_page_is_accepted_after_a_look_and_undone_at_once(by_hand: Walker) -> None:
    page = by_hand.go(f"{S}/suggestions/")
    before = total(page)
    page.get_by_role("link", name="Accept all on this page").click()
    by_hand.look("suggestions-all")
    page.locator('[name="suggestion"]').first.uncheck()
    page.get_by_role("button", name="Accept what is ticked").click()
    expect(page.locator(".done")).to_contain_text("19 suggestions accepted")
    assert total(page) == before - 19
    page.get_by_role("button", name="Undo: accept 19 suggestions").click()
    expect(page.locator("[data-said]")).to_contain_text("Undone")
    assert total(page) == before


def desk(walker: Walker) -> Page:
    page = walker.go(f"{S}/transcripts/1/")
    page.locator("[data-suggestions]").check()
    expect(page.locator("[data-suggestions-count]")).not_to_be_empty()
    return page


def left(page: Page) -> int:
    return int(page.locator("[data-suggestions-count]").inner_text())


def test_the_desk_shows_them_when_switched_on(by_hand: Walker) -> None:
    page = by_hand.go(f"{S}/transcripts/1/")
    page.wait_for_timeout(300)
    assert page.evaluate("CSS.highlights.has('suggested')") is False
    page, tall = desk(by_hand), "document.querySelector('[data-text]').scrollHeight"
    height = page.evaluate(tall)
    assert page.evaluate("CSS.highlights.get('suggested').size") > 0
    before = left(page)
    page.keyboard.press(".")
    card = page.locator("[data-suggestion-card]")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Words that speak for it")
    by_hand.look("desk-suggestion")
    assert page.evaluate(tall) == height
    marks = page.locator("mark[data-codings]").count()
    page.keyboard.press("y")
    expect(page.locator("[data-status]")).to_contain_text("accepted · Saved")
    expect(page.locator("[data-suggestions-count]")).to_have_text(str(before - 1))
    assert page.locator("mark[data-codings]").count() > marks
    page.keyboard.press("d")
    expect(page.locator("[data-suggestions-count]")).to_have_text(str(before - 2))
    page.keyboard.press("Control+z")
    expect(page.locator("[data-suggestions-count]")).to_have_text(str(before - 1))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.keyboard.press("v")
    expect(page.locator("[data-suggestions]")).not_to_be_checked()
    assert page.evaluate("CSS.highlights.has('suggested')") is False


def test_keys_of_suggestions_are_in_the_sheet_and_can_be_changed(by_hand: Walker) -> None:
    page = desk(by_hand)
    page.keyboard.press("?")
    row = page.locator('[data-action="suggestion-next"]')
    row.locator("button").click()
    page.keyboard.press("z")
    expect(row).to_contain_text("Z")
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(page.locator("[data-suggestion-card]")).to_be_visible()


def test_a_tap_on_suggested_words_opens_their_panel(by_hand: Walker) -> None:
    page = by_hand.page
    page.set_viewport_size({"width": 390, "height": 844})
    page = desk(by_hand)
    spot = page.evaluate("""() => {
        for (const range of CSS.highlights.get('suggested')) {
            const node = range.startContainer;
            if (node.parentElement.closest('mark')) continue;
            node.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
            const box = range.getClientRects()[0];
            if (box && box.width > 30 && box.top > 60 && box.bottom < 500)
                return { x: box.left + 12, y: box.top + box.height / 2 };
        }
        return null;
    }""")
    assert spot
    page.mouse.click(spot["x"], spot["y"])
    card = page.locator("[data-suggestion-card]")
    expect(card).to_be_visible()
    by_hand.look("desk-suggestion-phone")
    before = left(page)
    card.get_by_role("button", name="Reject").click()
    expect(page.locator("[data-suggestions-count]")).to_have_text(str(before - 1))


def test_similar_passages_are_found_from_a_quote_and_coded(walker: Walker) -> None:
    page = walker.go(f"{S}/quotes/")
    page.locator("a", has_text="More like it").first.click()
    walker.look("suggestions-similar")
    page.locator('[name="passage"]').first.check()
    page.get_by_role("button", name="Code what is ticked").click()
    expect(page.locator(".done")).to_contain_text("One undo takes all back")


def test_similar_passages_are_found_from_the_desks_selection(walker: Walker) -> None:
    page = walker.go(f"{S}/transcripts/1/")
    for key in ("j", "j", "j"):
        page.keyboard.press(key)
    page.keyboard.press("h")
    expect(page.locator("h1")).to_have_text("Passages like this one", timeout=60_000)
    expect(page.locator('[name="passage"]').first).to_be_visible()
    page.get_by_role("link", name="To the desk").click()
    expect(page.locator("[data-text]")).to_be_visible()
