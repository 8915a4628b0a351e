"""Two people in one study: each sees the other's work at once, and nobody's work is lost."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.served import Server
from webapp.instance import Instance
from webapp.people.members import Membership

from .conftest import Walker
from .test_researcher import marks, select

DESK = "/studies/demo/transcripts/1/"
SOON = 2_000  # ms within which others see a change


def link_for(instance: Path, name: str) -> str:
    """Return a sign-in link for one more person of the instance."""
    place = Instance.at(instance)
    user = place.people.ensure_user(name)["id"]
    place.people.set_membership(user, "demo", Membership(frozenset({"researcher", "nudge author"})))
    token = place.people.make_sign_in_link(user)
    place.close()
    return f"/sign-in/{token}"


@pytest.fixture
def join(chromium: Browser, server: Server) -> Iterator[Callable[[str], Walker]]:
    """Sign somebody else in, in a browser of their own."""
    joined: list[Walker] = []

    def sign_in(name: str) -> Walker:
        context = chromium.new_context(viewport={"width": 1366, "height": 768})
        walker = Walker(context, f"http://127.0.0.1:{server.port}")
        joined.append(walker)
        walker.go(link_for(server.instance, name))
        return walker

    yield sign_in
    for walker in joined:
        assert walker.said == []
        walker.context.close()


def code(page: Page, turn: int, words: str, name: str) -> None:
    select(page, turn, words)
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator("[data-status]")).to_contain_text("Saved")


def top_of(page: Page, turn: int) -> float:
    return page.evaluate(f"document.getElementById('t{turn}').getBoundingClientRect().top")


@pytest.mark.browser
def test_a_coding_appears_for_the_other_within_two_seconds(walker: Walker, join) -> None:
    tom = join("Tom Ellis")
    mine, theirs = walker.go(DESK), tom.go(DESK)
    expect(mine.locator("[data-people]")).to_contain_text("Tom Ellis")
    expect(theirs.locator("[data-people]")).to_contain_text("Administrator")
    delays = []
    for words, name in (("She has", "being asked"), ("has and", "proud of")):
        before = marks(mine, 3).count()
        code(theirs, 3, words, name)
        saved = time.monotonic()
        expect(marks(mine, 3)).not_to_have_count(before, timeout=SOON)
        delays.append(time.monotonic() - saved)
    assert max(delays) < 2, delays
    print(f"seen after {', '.join(f'{delay:.2f}' for delay in delays)} s")
    expect(mine.locator("[data-news]")).to_contain_text("Tom Ellis coded turn 3 as Being asked")
    walker.look("together-desk")
    mine.emulate_media(color_scheme="dark")
    walker.look("together-desk-dark")
    mine.set_viewport_size({"width": 390, "height": 844})
    walker.look("together-desk-phone-dark")
    mine.emulate_media(color_scheme="light")
    walker.look("together-desk-phone")
    tom.context.close()
    expect(mine.locator("[data-people]")).to_be_hidden(timeout=9_000)


@pytest.mark.browser
def test_the_reader_is_not_moved(walker: Walker, join) -> None:
    tom = join("Tom Ellis")
    mine, theirs = walker.go(DESK), tom.go(DESK)
    for page in (mine, theirs):
        page.emulate_media(reduced_motion="reduce")  # jumps at once
    mine.evaluate("document.getElementById('t12').scrollIntoView({ block: 'start' })")
    mine.wait_for_timeout(600)
    select(mine, 14, mine.locator('[data-turn="14"] p').inner_text()[:20])
    mine.keyboard.type("proud")
    chosen, top = mine.locator(".pick [data-picker-words]").inner_text(), top_of(mine, 14)
    first = theirs.locator('[data-turn="2"] p').inner_text()[:15]
    own = theirs.locator('[data-turn="14"] p').inner_text()[:20]
    code(theirs, 2, first, "proud of")
    code(theirs, 14, own, "A brand new theme of Tom")
    theirs.wait_for_timeout(100)
    expect(mine.locator("[data-tree]")).to_contain_text("A brand new theme")
    expect(marks(mine, 14)).not_to_have_count(0)
    assert abs(top_of(mine, 14) - top) < 1
    expect(mine.locator(".turn.touched")).to_have_count(2)  # marked, yet nothing moves
    assert mine.evaluate("document.getAnimations().length") == 0
    assert mine.evaluate("document.activeElement.matches('[data-picker-input]')")
    assert mine.locator("[data-picker-input]").input_value() == "proud"
    mine.keyboard.press("Escape")
    mine.wait_for_timeout(100)
    assert mine.evaluate("getSelection().toString()").strip()[:10] in chosen


@pytest.mark.browser
def test_undo_leaves_the_work_of_the_other(walker: Walker, join) -> None:
    tom = join("Tom Ellis")
    mine, theirs = walker.go(DESK), tom.go(DESK)
    code(mine, 3, "She has", "being asked")
    code(theirs, 2, theirs.locator('[data-turn="2"] p').inner_text()[:15], "proud of")
    expect(marks(theirs, 2)).to_have_count(1)
    mine.keyboard.press("Escape")
    mine.keyboard.press("Control+z")
    expect(marks(mine, 3)).to_have_count(0)
    expect(marks(theirs, 3)).to_have_count(0)
    expect(marks(mine, 2)).to_have_count(1)
    mine.keyboard.press("Control+z")
    expect(mine.locator("[data-status]")).to_contain_text("nothing of yours")
    walker.said.clear()  # Chromium notes the 400 itself


@pytest.mark.browser
def test_two_edit_one_definition_and_nothing_is_lost(walker: Walker, join) -> None:
    tom = join("Tom Ellis")
    theirs = tom.go(DESK)
    code(theirs, 3, "She has", "being asked")  # Tom is a coder of the study from now on
    mine, theirs = (each.go("/studies/demo/codebook/2/") for each in (walker, tom))
    expect(mine.locator("[data-here]")).to_contain_text("Tom Ellis is editing this too")
    walker.look("together-editing")
    theirs.get_by_label("Definition").fill("People say that somebody asked them in person.")
    theirs.get_by_label("When not").fill("A letter to all is not it.")
    theirs.get_by_role("button", name="Save").click()
    expect(mine.locator("[data-here]")).to_contain_text("Tom Ellis has saved this code")
    mine.get_by_label("Definition").fill("Somebody asked them, by name.")
    mine.get_by_role("button", name="Save").click()
    conflict = mine.locator(".conflict")
    expect(conflict).to_contain_text("Tom Ellis saved this code while you were editing it")
    expect(conflict).to_contain_text("People say that somebody asked them in person.")
    expect(mine.get_by_label("Definition")).to_have_value("Somebody asked them, by name.")
    expect(mine.get_by_label("When not")).to_have_value("A letter to all is not it.")
    pictures(walker, "together-conflict-code")
    conflict.get_by_role("button", name="Save mine over theirs").click()
    expect(mine.locator(".done")).to_contain_text("Saved")
    mine.goto(f"{walker.base}/studies/demo/codebook/2/")
    expect(mine.get_by_label("Definition")).to_have_value("Somebody asked them, by name.")
    expect(mine.get_by_label("When not")).to_have_value("A letter to all is not it.")
    walker.said.clear()  # Chromium notes the 409 itself


@pytest.mark.browser
def test_an_open_codebook_is_brought_up_to_date(walker: Walker, join) -> None:
    mine, theirs = (each.go("/studies/demo/codebook/") for each in (walker, join("Tom Ellis")))
    mine.get_by_label("Name").fill("half typed")
    theirs.get_by_label("Name").fill("A theme of Tom")
    theirs.get_by_role("button", name="Add", exact=True).click()
    expect(mine.locator(".book")).to_contain_text("A theme of Tom")
    expect(mine.get_by_label("Name")).to_have_value("half typed")


def pictures(walker: Walker, name: str) -> None:
    for width, scheme in ((1366, "light"), (1366, "dark"), (390, "light"), (390, "dark")):
        walker.page.set_viewport_size({"width": width, "height": 844})
        walker.page.emulate_media(color_scheme=scheme)
        walker.page.evaluate(f"document.querySelector('.menu').open = {width} > 760")
        walker.look(f"{name}-{width}-{scheme}")
    walker.page.set_viewport_size({"width": 1366, "height": 768})
    walker.page.emulate_media(color_scheme="light")


@pytest.mark.browser
def test_two_tell_one_story_and_nothing_is_lost(walker: Walker, join) -> None:
    tom = join("Tom Ellis")
    mine, theirs = (each.go("/studies/demo/stories/1/") for each in (walker, tom))
    theirs.get_by_label("In one line").fill("Theirs, in one line.")
    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(theirs.locator(".done")).to_contain_text("saved")
    mine.get_by_label("In one line").fill("Mine, in one line.")
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.locator(".conflict")).to_contain_text("Theirs, in one line.")
    expect(mine.get_by_label("In one line")).to_have_value("Mine, in one line.")
    pictures(walker, "together-conflict-story")
    mine.get_by_role("link", name="Take theirs and drop mine").click()
    expect(mine.get_by_label("In one line")).to_have_value("Theirs, in one line.")
    expect(mine.locator(".done")).to_have_count(0)
    walker.said.clear()


@pytest.mark.browser
def test_two_write_one_message_and_edit_on_with_both_in_view(walker: Walker, join) -> None:
    page = walker.go("/studies/demo/settings")
    page.locator("#wave-name").fill("Wave 2")
    page.locator("#wave-key").fill("2")
    page.get_by_role("button", name="Add wave").click()
    walker.go("/studies/demo/messages/?wave=2")
    page.get_by_role("button", name="Write it: Local story (A), Tarnbridge, Health").click()
    theirs = join("Tom Ellis").go(page.url.removeprefix(walker.base))
    theirs.get_by_label("Sentence 1", exact=True).fill("Tom was quicker.")
    theirs.get_by_role("button", name="Save as version 1").first.click()
    expect(theirs.locator(".done")).to_contain_text("Version 1 is saved")
    page.get_by_label("Sentence 1", exact=True).fill("My words were slower.")
    page.get_by_role("button", name="Save as version 1").first.click()
    expect(page.locator(".conflict")).to_contain_text("Tom was quicker.")
    pictures(walker, "together-conflict-message")
    page.get_by_role("link", name="Edit on with both in view").click()
    page.get_by_label("Sentence 1", exact=True).fill("Tom was quicker, and I was slower.")
    expect(page.locator(".conflict")).to_be_in_viewport()
    walker.look("together-edit-on")
    page.get_by_role("button", name="Save as version 2").first.click()
    expect(page.locator(".done")).to_contain_text("Version 2 is saved")
    walker.said.clear()  # Chromium notes the 409 itself


@pytest.mark.browser
def test_a_memo_open_in_two_windows_loses_nothing(walker: Walker) -> None:
    here = walker.go(DESK)
    code(here, 3, "She has", "being asked")
    there = walker.context.new_page()
    there.goto(walker.base + DESK)
    for page, words in ((there, "Written there."), (here, "Written here.")):
        marks(page, 3).first.click()
        page.get_by_role("button", name="Add memo").click()
        page.get_by_label("Your memo").fill(words)
    there.get_by_role("button", name="Save memo").click()
    expect(there.locator("[data-status]")).to_contain_text("Saved")
    here.wait_for_timeout(1200)  # the poll leaves the half-written memo alone
    here.get_by_role("button", name="Save memo").click()
    expect(here.locator("[data-theirs]")).to_contain_text("Written there.")
    expect(here.get_by_label("Your memo")).to_have_value("Written here.")
    walker.look("together-memo")
    here.get_by_role("button", name="Save memo").click()
    expect(here.locator("[data-place-list]")).to_contain_text("Written here.")
    walker.said.clear()  # Chromium notes the 409 itself
