"""Selections and codings that are there: dragged, kept, changed; mouse, keys and phone."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Walker
from .test_desk_keys import DESK, chosen, codings, drag, middle, press, saved, words_of
from .test_researcher import marks, select, where


@pytest.mark.browser
def test_selected_words_are_dragged_onto_a_code_and_a_code_onto_words(walker: Walker) -> None:
    page = walker.go(DESK)
    select(page, 3, "She has")
    press(page, "Escape")
    box = where(page, 3, "She has")
    row = page.locator("[data-code]").nth(1)
    row.scroll_into_view_if_needed()
    inside = ((box[0] + box[2]) / 2, box[1])
    page.mouse.move(*inside)
    page.mouse.down()
    target = middle(page, "[data-tree] li li [data-code] >> nth=0")
    page.mouse.move(*target, steps=8)
    expect(page.locator(".ghost")).to_contain_text("She has")
    walker.look("keys-drag")
    page.mouse.up()
    expect(marks(page, 3)).to_have_text("She has")
    select(page, 3, "has and")
    press(page, "Escape")
    box = where(page, 3, "has and")
    drag(page, middle(page, "[data-tree] li li [data-code] >> nth=1"), (box[2] - 8, box[1]))
    expect(marks(page, 3)).to_have_count(3)
    page.locator("[data-tree] [data-code]").nth(0).click()
    saved(page)
    assert len([row for row in codings(walker) if row["turn"] == 3]) == 3


@pytest.mark.browser
def test_the_words_of_a_coding_change_by_keys_and_by_its_handles(walker: Walker) -> None:
    page = walker.go(DESK)
    select(page, 3, "She has")
    page.keyboard.type("being ask")
    press(page, "Enter")
    expect(marks(page, 3)).to_have_text("She has")
    expect(page.locator("[data-coding][aria-current]")).to_be_visible()
    press(page, "m")
    page.get_by_label("Your memo").fill("Kept.")
    page.get_by_role("button", name="Save memo").click()
    expect(page.locator("[data-place-list]")).to_contain_text("Kept.")
    press(page, "Escape")
    page.locator("body").click(position={"x": 700, "y": 5})
    marks(page, 3).first.click()
    walker.look("keys-extent-before")
    press(page, "g", "Shift+W", "Shift+W", "Enter")
    expect(page.locator("[data-status]")).to_contain_text("Words changed")
    expect(marks(page, 3).first).to_have_text(re.compile("She has ."))
    longer = marks(page, 3).first.inner_text()
    handle = middle(page, ".handle.end")
    end = where(page, 3, "She")
    drag(page, handle, (end[2] + 1, end[3]))
    expect(marks(page, 3).first).to_have_text("She")
    walker.look("keys-extent-after")
    (row,) = [row for row in codings(walker) if row["turn"] == 3]
    assert (row["quote"], row["memo"]) == ("She", "Kept.")
    press(page, "e")
    page.keyboard.type("proud of")
    walker.look("keys-recode")
    press(page, "Enter")
    expect(page.locator("[data-status]")).to_contain_text("Code changed")
    (after,) = [row for row in codings(walker) if row["turn"] == 3]
    assert (after["id"], after["memo"]) == (row["id"], "Kept.")
    assert after["code"] != row["code"]
    press(page, "Control+z", "Control+z")
    expect(marks(page, 3).first).to_have_text(longer)
    press(page, "Control+Shift+Z")
    expect(marks(page, 3).first).to_have_text("She")


@pytest.mark.browser
def test_keys_go_from_coding_to_coding(walker: Walker) -> None:
    page = walker.go(DESK)
    seen = []
    for _ in range(3):
        press(page, "n")
        page.wait_for_timeout(250)
        seen.append(page.locator("[data-coding][aria-current]").get_attribute("data-coding"))
    assert len(set(seen)) == 3
    expect(page.locator("[data-coding][aria-current] details")).to_have_attribute("open", "")
    walker.look("keys-coding")
    press(page, "p")
    page.wait_for_timeout(250)
    now = page.locator("[data-coding][aria-current]").get_attribute("data-coding")
    assert now == seen[1]


@pytest.mark.browser
def test_the_selection_outlives_a_refresh_and_scrolling(walker: Walker) -> None:
    page = walker.go(DESK)
    press(page, "j", "j", "Shift+J")  # it crosses two turns
    before = chosen(page)
    assert before
    start = words_of(page, 2)
    place = page.evaluate("Number(document.querySelector('[data-turn=\"2\"]').dataset.start)")
    code = int(page.locator("[data-code]").nth(1).get_attribute("data-code") or 0)
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    answer = walker.context.request.post(
        f"{walker.base}/api/studies/demo/transcripts/1/codings",
        data={"code_id": code, "start": place, "end": place + 5, "quote": start[:5]},
        headers={"X-CSRFToken": token},
    )
    assert answer.status == 201
    expect(marks(page, 2).first).to_be_visible()
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    assert chosen(page) == before
    press(page, "c")
    page.keyboard.type("proud")
    press(page, "Enter")
    saved(page)
    quotes = [row["quote"] for row in codings(walker) if row["turns"] == 2]
    assert [quote for quote in quotes if quote.startswith(start)]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_are_coded_on_a_phone(walker: Walker, scheme: str) -> None:
    page = walker.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme=scheme)
    walker.go(DESK)
    walker.look(f"keys-phone-{scheme}-before")
    page.evaluate(
        """() => {
            const p = document.querySelector('[data-turn="3"] > p');
            p.scrollIntoView({ block: "center", behavior: "instant" });
            const touch = { pointerType: "touch", bubbles: true };
            p.dispatchEvent(new PointerEvent("pointerdown", touch));
            getSelection().setBaseAndExtent(p.firstChild, 0, p.firstChild, 7);
        }"""
    )
    expect(page.locator("[data-picker]")).to_be_visible()
    walker.look(f"keys-phone-{scheme}-picker")
    small = page.evaluate(
        """[...document.querySelectorAll("[data-picker] button:not([hidden]), [data-picker] li")]
            .map((each) => each.getBoundingClientRect()).filter((box) => box.height < 24).length"""
    )
    assert small == 0
    page.locator("[data-picker-list] li").nth(1).click()
    expect(marks(page, 3)).to_have_text("She has")
    walker.look(f"keys-phone-{scheme}-after")
