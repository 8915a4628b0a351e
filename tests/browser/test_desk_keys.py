"""The coding desk by keys, mouse and touch: as a person would, with pictures before and after."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Walker
from .test_researcher import marks, select

DESK = "/studies/demo/transcripts/1/"


def chosen(page: Page) -> str:
    return page.evaluate("getSelection().toString()")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_contain_text("Saved")


def words_of(page: Page, turn: int) -> str:
    return page.locator(f'[data-turn="{turn}"] > p').inner_text()


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def codings(walker: Walker) -> list[dict]:
    return walker.context.request.get(
        f"{walker.base}/api/studies/demo/transcripts/1/codings"
    ).json()


@pytest.mark.browser
def test_keys_move_extend_and_code_without_a_mouse(walker: Walker) -> None:
    page = walker.go(DESK)
    press(page, "j", "j", "s")
    assert words_of(page, 2).startswith(chosen(page).strip()[:10])
    press(page, "w")
    first = chosen(page)
    assert first == words_of(page, 2).split()[0].strip(",.")
    press(page, "Shift+W")
    assert len(chosen(page)) > len(first)
    press(page, "Shift+B")
    assert chosen(page) == first
    press(page, "Shift+S")
    sentence = chosen(page)
    walker.look("keys-before")
    press(page, "c")
    page.keyboard.type("being ask")
    press(page, "Enter")
    saved(page)
    expect(marks(page, 2)).not_to_have_count(0)
    assert sentence in [row["quote"] for row in codings(walker)]
    walker.look("keys-after")
    press(page, "s", "r")
    page.wait_for_timeout(400)
    press(page, "Control+z")
    expect(page.locator("[data-status]")).to_contain_text("Undone")


@pytest.mark.browser
def test_a_whole_transcript_is_coded_by_keys_alone(walker: Walker, tmp_path: Path) -> None:
    talk = ["Ruth: What changed?"]
    talk += [f"Ada: We cleared lane {n} together. It took a day." for n in range(6)]
    (tmp_path / "Keys.txt").write_text("\n\n".join(talk), encoding="utf-8")
    page = walker.go("/studies/demo/transcripts/")
    page.get_by_role("link", name="Import transcripts").click()
    page.get_by_label("Transcripts", exact=True).set_input_files(tmp_path / "Keys.txt")
    page.get_by_label("Area", exact=True).select_option(label="Tarnbridge")
    page.get_by_role("button", name="Look at the files").click()
    page.locator("main select").first.wait_for()
    page.get_by_role("button", name="Import", exact=False).last.click()
    page.get_by_role("link", name="Keys").first.click()
    page.wait_for_load_state()
    walker.look("keys-whole-before")
    press(page, "u", "c")
    page.keyboard.type("Clearing lanes")
    press(page, "Shift+Enter")
    saved(page)
    count = page.locator("[data-turn]").count()
    for done in range(2, count + 1):
        expect(page.locator("[data-turn]:has(mark)")).to_have_count(done - 1)
        press(page, "u")
        if "No further turn" in page.locator("[data-status]").inner_text():
            break
        press(page, "r")
    expect(page.locator("[data-turn]:not(.mod):not(:has(mark))")).to_have_count(0)
    expect(page.locator("[data-share]")).to_contain_text("100 %")
    walker.look("keys-whole-after")


@pytest.mark.browser
def test_favourites_stand_on_digits_and_come_back(walker: Walker) -> None:
    page = walker.go(DESK)
    page.locator("[data-code]").nth(1).hover()
    page.locator("[data-favourite]").nth(1).click()
    expect(page.locator("[data-favourite]").nth(1)).to_have_text("1")
    page.locator("[data-code]").nth(2).focus()
    press(page, "Shift+Digit7")
    expect(page.locator("[data-favourite]").nth(2)).to_have_text("7")
    saved(page)
    page.reload()
    expect(page.locator("[data-favourite]").nth(1)).to_have_text("1")
    before = len(codings(walker))
    page.locator("body").click(position={"x": 5, "y": 5})
    press(page, "u")
    press(page, "7")
    saved(page)
    rows = codings(walker)
    code = int(page.locator("[data-code]").nth(2).get_attribute("data-code") or 0)
    assert len(rows) == before + 1
    assert code in [row["code_id"] for row in rows]
    walker.look("keys-favourites")
    page.emulate_media(color_scheme="dark")
    walker.look("keys-favourites-dark")


@pytest.mark.browser
def test_a_hundred_codings_take_two_actions_each(walker: Walker) -> None:
    """An action is a gesture or a key: here a move of the selection, and the code."""
    page = walker.go(DESK)
    page.locator("[data-code]").nth(1).hover()
    page.locator("[data-favourite]").nth(1).click()
    saved(page)
    before, actions = len(codings(walker)), 0
    press(page, "w", "Escape", "j")
    for _ in range(100):
        press(page, "w")
        press(page, "1")
        actions += 2
    for _ in range(100):
        if len(codings(walker)) >= before + 100:
            break
        page.wait_for_timeout(200)
    assert (len(codings(walker)) - before, actions) == (100, 200)


@pytest.mark.browser
def test_words_become_a_code_with_one_key(walker: Walker) -> None:
    page = walker.go(DESK)
    press(page, "u", "s", "w", "Shift+W")
    name = " ".join(chosen(page).split())
    press(page, "i")
    saved(page)
    expect(page.locator(f'[data-code][data-name="{name}"]')).to_have_count(1)
    assert name in [row["code"] for row in codings(walker)]


@pytest.mark.browser
def test_snapping_grows_to_words_and_sentences_only_when_it_is_on(walker: Walker) -> None:
    page = walker.go(DESK)
    whole = words_of(page, 3)
    select(page, 3, whole[1:6])
    assert whole[1:6][:20] in page.locator("[data-picker-words]").inner_text()
    press(page, "Escape", "Escape")
    page.locator("[data-snapping]").select_option("word")
    saved(page)
    select(page, 3, whole[1:6])
    expect(page.locator("[data-picker-words]")).to_have_text("“She has”")
    press(page, "Escape", "Escape", "o")
    expect(page.locator("[data-snapping]")).to_have_value("sentence")
    select(page, 3, whole[1:6])
    told = page.locator("[data-picker-words]").inner_text().strip("“”…")
    assert whole.startswith(told)
    assert len(told) > 7
    walker.look("keys-snapping")


@pytest.mark.browser
def test_keys_are_given_other_actions(walker: Walker) -> None:
    page = walker.go(DESK)
    press(page, "?")
    walker.look("keys-sheet")
    row = page.locator('[data-action="uncoded"] button')
    row.click()
    press(page, "j")
    expect(page.locator("[data-keys-said]")).to_contain_text("J is already “Next turn")
    walker.look("keys-sheet-clash")
    press(page, "Control+l")
    expect(page.locator("[data-keys-said]")).to_contain_text("belong to the browser")
    press(page, "q")
    expect(row).to_have_text("Q")
    saved(page)
    press(page, "Escape")
    page.reload()
    press(page, "q")
    assert chosen(page)
    press(page, "Escape", "?")
    page.get_by_role("button", name="All keys as delivered").click()
    expect(row).to_have_text("U")
