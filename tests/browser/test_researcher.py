"""The researcher: imports a transcript, codes it with mouse and keys, finds the quotes again."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Walker

TALK = (
    "Facilitator: Who looks after the path?\n\nAda: We do, four of us. 🌻 It’s tidy.\n\n"
    "Ben: I have not got the Saturdays.\n\nAda: Nobody asked you, that’s why.\n"
)


def select(page: Page, turn: int, words: str) -> None:
    """Drag the mouse over words of a turn, as a person does, once they stand still."""
    box = where(page, turn, words)
    for _ in range(50):
        page.wait_for_timeout(50)
        before, box = box, where(page, turn, words)
        if box == before:
            break
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, steps=3)
    page.mouse.move(box[2], box[3], steps=3)
    page.mouse.up()
    expect(page.locator("[data-picker-input]")).to_be_visible()
    for _ in range(50):  # the page's own policy forbids the driver's waiting function
        if page.evaluate("document.activeElement.matches('[data-picker-input]')"):
            return
        page.wait_for_timeout(20)
    pytest.fail("the picker does not take the keys")


def where(page: Page, turn: int, words: str) -> list[float]:
    """Return the middle left and middle right of words on the screen, brought into view."""
    box: list[float] = page.evaluate(
        """([turn, words]) => {
            const p = document.querySelector(`[data-turn="${turn}"] p`);
            p.scrollIntoView({ block: "center" });
            const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            let text = "", start = p.textContent.indexOf(words), end = start + words.length;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const from = text.length;
                text += node.data;
                if (from <= start && start < text.length) range.setStart(node, start - from);
                if (from < end && end <= text.length) range.setEnd(node, end - from);
            }
            const rects = [...range.getClientRects()];
            const a = rects[0], b = rects[rects.length - 1];
            return [a.left + 1, a.top + a.height / 2, b.right - 1, b.top + b.height / 2];
        }""",
        [turn, words],
    )
    return box


def marks(page: Page, turn: int):
    return page.locator(f'[data-turn="{turn}"] mark')


@pytest.mark.browser
def test_a_transcript_is_imported_after_a_look(walker: Walker, tmp_path: Path) -> None:
    (tmp_path / "Path group.txt").write_text(TALK, encoding="utf-8")
    page = walker.go("/studies/demo/transcripts/")
    walker.look("transcripts")
    page.get_by_role("link", name="Import transcripts").click()
    page.get_by_label("Transcripts", exact=True).set_input_files(tmp_path / "Path group.txt")
    page.get_by_label("Area", exact=True).select_option(label="Tarnbridge")
    walker.look("import-choose")
    page.get_by_role("button", name="Look at the files").click()
    expect(page.locator("main")).to_contain_text("Ada")
    walker.look("import-look")
    page.get_by_role("button", name="Import", exact=False).last.click()
    expect(page.locator("main")).to_contain_text("Path group")
    page.get_by_role("link", name="Path group").first.click()
    page.wait_for_load_state()
    expect(page.locator("[data-turn]")).to_have_count(4)
    select(page, 2, "four of us. 🌻 It’s")
    page.keyboard.type("keeping")
    page.keyboard.press("Enter")
    expect(marks(page, 2)).to_have_text("four of us. 🌻 It’s")


@pytest.mark.browser
def test_words_are_coded_undone_and_found_again(walker: Walker) -> None:
    page = walker.go("/studies/demo/transcripts/1/")
    walker.look("desk")
    expect(marks(page, 3)).to_have_count(0)
    select(page, 3, "She has")
    page.keyboard.type("being ask")
    walker.look("desk-picker")
    page.keyboard.press("Enter")
    expect(marks(page, 3)).to_have_text("She has")
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    select(page, 3, "has and")
    page.keyboard.type("Brand new idea")
    page.keyboard.press("Shift+Enter")
    expect(marks(page, 3)).to_have_count(3)  # She, has, and: overlapping codings are all kept
    marks(page, 3).nth(1).click()
    expect(page.locator("[data-place-list] article")).to_have_count(2)
    walker.look("desk-overlap")
    page.keyboard.press("Control+z")
    expect(marks(page, 3)).to_have_count(1)
    page.keyboard.press("Control+Shift+Z")
    expect(marks(page, 3)).to_have_count(3)
    walker.go("/studies/demo/quotes/?coder=")
    walker.look("quotes")
    walker.go("/studies/demo/codebook/")
    expect(page.locator("main")).to_contain_text("Brand new idea")
    walker.look("codebook")


@pytest.mark.browser
def test_a_selection_may_cross_turns_and_survives_a_memo(walker: Walker) -> None:
    page = walker.go("/studies/demo/transcripts/1/")
    page.evaluate(
        """() => {
            const first = document.querySelector('[data-turn="2"] p').firstChild;
            const last = document.querySelector('[data-turn="3"] p').firstChild;
            getSelection().setBaseAndExtent(first, 0, last, 7);
        }"""
    )
    page.wait_for_timeout(500)
    page.keyboard.press("c")
    page.keyboard.type("proud of")
    page.keyboard.press("Enter")
    expect(marks(page, 2)).not_to_have_count(0)
    expect(marks(page, 3)).to_have_text("She has")
    marks(page, 3).click()
    page.get_by_role("button", name="Add memo").click()
    page.get_by_label("Your memo").fill("They answer for one another.")
    page.get_by_role("button", name="Save memo").click()
    expect(page.locator("[data-place-list]")).to_contain_text("They answer for one another.")
    page.reload()
    expect(marks(page, 3)).to_have_text("She has")


@pytest.mark.browser
def test_speakers_and_their_consent(walker: Walker) -> None:
    page = walker.go("/studies/demo/speakers/")
    walker.look("speakers")
    page.locator("main table a").first.click()
    walker.look("speaker")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_reading_on_a_phone(walker: Walker, scheme: str) -> None:
    walker.page.emulate_media(color_scheme=scheme)
    walker.page.set_viewport_size({"width": 390, "height": 844})
    for name in ("transcripts", "transcripts/1", "codebook", "quotes", "stories", "messages"):
        walker.go(f"/studies/demo/{name}/")
        walker.look(f"phone-{scheme}-{name.replace('/', '-')}")
