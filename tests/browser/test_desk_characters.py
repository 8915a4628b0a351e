"""Every kind of character: what is selected is what is stored, shown and exported."""

import csv
import io
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Walker
from .test_desk_keys import chosen, press, saved
from .test_researcher import marks, where

HARD = (
    "We 🌻 go 👩‍👩‍👧 home. Cafe\u0301 noe\u0308l at\u00a0nine\u00a0sharp. "
    "He said שלום עולם to us. Don’t, co-produce!"
)
LONG = "It was é a 🎉 day. " * 2200
PIECES = (
    "🌻",
    "go 👩‍👩‍👧 home",
    "Cafe\u0301",
    "e\u0301 no",  # begins inside a letter with its accent, as a script may select
    "\u00a0nine\u00a0",
    "said שלום עולם to",
    "לום ע",
    "Don’t, co-produce!",
)
SELECT = """([turn, start, end]) => {
    const p = document.querySelector(`[data-turn="${turn}"] > p`);
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let from = 0;
    while (walker.nextNode()) {
        const to = from + walker.currentNode.data.length;
        if (from <= start && start < to) range.setStart(walker.currentNode, start - from);
        if (from < end && end <= to) range.setEnd(walker.currentNode, end - from);
        from = to;
    }
    getSelection().setBaseAndExtent(range.startContainer, range.startOffset,
        range.endContainer, range.endOffset);
}"""


def open_talk(walker: Walker, folder: Path) -> Page:
    (folder / "Hard.txt").write_text(f"Ada: {HARD}\n\nBen: {LONG}End of it.\n", encoding="utf-8")
    page = walker.go("/studies/demo/transcripts/")
    page.get_by_role("link", name="Import transcripts").click()
    page.get_by_label("Transcripts", exact=True).set_input_files(folder / "Hard.txt")
    page.get_by_label("Area", exact=True).select_option(label="Tarnbridge")
    page.get_by_role("button", name="Look at the files").click()
    page.locator("main select").first.wait_for()
    page.get_by_role("button", name="Import", exact=False).last.click()
    page.get_by_role("link", name="Hard").first.click()
    page.wait_for_load_state()
    return page


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def rows(walker: Walker) -> list[dict]:
    number = walker.page.locator("[data-text]").get_attribute("data-transcript")
    address = f"{walker.base}/api/studies/demo/transcripts/{number}/codings"
    return walker.context.request.get(address).json()


def stored(walker: Walker) -> list[str]:
    return [row["quote"] for row in rows(walker)]


def let_unrecorded_through(walker: Walker) -> None:
    """Nothing is recorded of who speaks here, and the demonstration keeps consents."""
    page = walker.go("/studies/demo/speakers/consents")
    rule = page.get_by_label("Words on which nothing is recorded are", exact=False)
    rule.select_option("in")
    rule.locator("xpath=ancestor::form").get_by_role("button", name="Save").click()
    page.wait_for_load_state()


def exported(walker: Walker) -> list[str]:
    address = f"{walker.base}/studies/demo/quotes/quotes.csv"
    body = walker.context.request.get(address).body().decode("utf-8-sig")
    return [row["quote"] for row in csv.DictReader(io.StringIO(body))]


@pytest.mark.browser
def test_what_is_selected_is_stored_shown_and_exported(walker: Walker, tmp_path: Path) -> None:
    page = open_talk(walker, tmp_path)
    for done, piece in enumerate(PIECES):
        start = units(HARD[: HARD.index(piece)])
        page.evaluate(SELECT, [1, start, start + units(piece)])
        page.wait_for_timeout(400)
        press(page, "c")
        expect(page.locator("[data-picker-words]")).to_have_text(f"“{piece}”")
        page.keyboard.type("proud of")
        press(page, "Enter")
        for _ in range(50):
            if len(stored(walker)) > done:
                break
            page.wait_for_timeout(50)
    for row in rows(walker):
        shown = page.locator(f'mark[data-codings~="{row["id"]}"]').all_text_contents()
        assert "".join(shown) == row["quote"]
    assert sorted(stored(walker)) == sorted(PIECES)
    walker.look("characters")
    let_unrecorded_through(walker)
    assert set(PIECES) <= set(exported(walker))


@pytest.mark.browser
def test_a_drag_over_emoji_and_accents_takes_whole_letters(walker: Walker, tmp_path: Path) -> None:
    page = open_talk(walker, tmp_path)
    for words in ("🌻 go 👩‍👩‍👧 home", "Cafe\u0301 noe\u0308l"):
        box = where(page, 1, words)
        page.mouse.move(box[0], box[1])
        page.mouse.down()
        page.mouse.move(box[2], box[3], steps=6)
        page.mouse.up()
        expect(page.locator("[data-picker-words]")).to_have_text(f"“{words}”")
        page.keyboard.type("proud of")
        press(page, "Enter")
        saved(page)
        page.wait_for_timeout(300)
        assert words in stored(walker)
        press(page, "Escape")


@pytest.mark.browser
def test_a_turn_of_40_000_characters_is_walked_and_coded(walker: Walker, tmp_path: Path) -> None:
    page = open_talk(walker, tmp_path)
    press(page, "j", "j", "a")
    assert chosen(page) == "End of it."
    started = time.monotonic()
    press(page, "w", "w", "w", "b", "Shift+B")
    print(f"a step of a word in 40,000 characters: {(time.monotonic() - started) / 5:.3f} s")
    press(page, "a", "k", "j", "s", "Shift+S")
    expected = "It was é a 🎉 day. It was é a 🎉 day."
    assert chosen(page) == expected
    press(page, "c")
    page.keyboard.type("proud of")
    press(page, "Enter")
    expect(marks(page, 2).first).to_have_text(expected)
    saved(page)
    assert stored(walker) == [expected]
