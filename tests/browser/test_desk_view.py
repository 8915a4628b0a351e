"""How the desk shows a transcript: margin, map, card, filters, finding, passages, neighbours."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Walker
from .test_researcher import marks, select

DESK = "/studies/demo/transcripts/1/"


def in_view(page: Page, turn: int) -> None:
    expect(page.locator(f"#t{turn}")).to_be_in_viewport()


def highlighted(page: Page, name: str) -> list[str]:
    return page.evaluate(
        "name => [...(CSS.highlights.get(name) ?? [])].map(range => range.toString())", name
    )


@pytest.mark.browser
def test_a_coding_over_two_turns_has_one_stripe_that_goes_on(walker: Walker) -> None:
    page = walker.go(DESK)
    walker.look("view-margin-before")
    page.evaluate(
        """() => {
            const first = document.querySelector('[data-turn="2"] p').firstChild;
            const last = document.querySelector('[data-turn="3"] p').firstChild;
            getSelection().setBaseAndExtent(first, 8, last, 7);
        }"""
    )
    page.wait_for_timeout(500)
    page.locator("button.row[data-name='Being asked']").click()
    expect(page.locator("#t2 .stripe.off")).to_have_count(1)
    expect(page.locator("#t3 .stripe.on")).to_have_count(1)
    column = "e => [...e.classList].find(each => /^s\\d$/.test(each))"
    assert page.locator("#t2 .off").evaluate(column) == page.locator("#t3 .on").evaluate(column)
    lower = page.locator("#t2 .off").bounding_box()
    upper = page.locator("#t3 .on").bounding_box()
    assert lower["y"] + lower["height"] >= upper["y"] - 1  # no gap between the turns
    assert lower["x"] == upper["x"]
    walker.look("view-margin")


@pytest.mark.browser
def test_a_coding_is_painted_before_it_is_saved_and_not_if_it_fails(walker: Walker) -> None:
    page = walker.go(DESK)
    page.route("**/codings", lambda route: (page.wait_for_timeout(400), route.continue_()))
    select(page, 3, "She has")
    page.keyboard.type("being ask")
    page.keyboard.press("Enter")
    expect(page.locator("#t3 mark.soon")).to_have_text("She has", timeout=300)
    expect(page.locator("#t3 mark:not(.soon)")).to_have_text("She has")
    page.unroute("**/codings")
    page.route("**/codings", lambda route: route.abort())
    page.keyboard.press("Escape")
    select(page, 2, "Fifty-one")
    page.keyboard.type("being ask")
    page.keyboard.press("Enter")
    expect(page.locator("[data-status]")).to_contain_text("not saved")
    expect(marks(page, 2)).to_have_count(0)
    assert page.locator("#t2 > p").inner_text().startswith("Doreen. Fifty-one")
    page.unroute("**/codings")
    page.get_by_role("button", name="Save again").click()
    expect(marks(page, 2)).to_have_text("Fifty-one")
    walker.said.clear()  # Chromium notes the failed requests itself


@pytest.mark.browser
def test_the_card_tells_who_coded_by_mouse_and_by_keyboard(walker: Walker) -> None:
    page = walker.go(DESK)
    card = page.locator("[data-card]")
    marks(page, 4).first.hover()
    expect(card).to_contain_text("Proud of the place")
    expect(card).to_contain_text("Tom Ellis")
    walker.look("view-card")
    card.hover()  # it can be pointed at
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(5, 5)
    page.locator("#t3 .stripes, #t4 .stripes").last.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Proud of the place")
    expect(page.locator("#t4 .stripes")).to_have_attribute("aria-describedby", "told-card")


@pytest.mark.browser
def test_the_map_leads_to_coded_places_by_mouse_and_by_key(walker: Walker) -> None:
    page = walker.go(DESK)
    page.emulate_media(reduced_motion="reduce")
    strip = page.get_by_role("slider")
    box = strip.bounding_box()
    walker.look("view-map-before")
    page.mouse.click(box["x"] + 8, box["y"] + box["height"] * 0.97)
    page.wait_for_timeout(400)
    in_view(page, 128)
    walker.look("view-map")
    strip.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(400)
    in_view(page, 1)
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(400)
    assert page.locator(".turn mark").first.is_visible()
    told = strip.get_attribute("aria-valuetext")
    assert told
    assert not told.endswith("0 codings around it")
    assert told.startswith("Turn ")
    before = page.locator("[data-strip] svg").get_attribute("data-counts")
    select(page, int(told.split()[1].strip(",")), "e")
    page.keyboard.type("being ask")
    page.keyboard.press("Enter")
    expect(page.locator("[data-strip] svg")).not_to_have_attribute("data-counts", before)


@pytest.mark.browser
def test_only_the_codings_of_a_code_or_a_coder_are_shown(walker: Walker) -> None:
    page = walker.go(DESK)
    every = page.locator("mark").count()
    choice = page.get_by_label("Show the codings of a code", exact=True)
    choice.select_option(label="\u2003Being asked")
    page.wait_for_url("**/?code=*")
    shown = page.locator("mark").count()
    assert 0 < shown < every
    classes = page.locator("mark").evaluate_all("all => all.map(each => each.classList[0])")
    assert len(set(classes)) == 1
    expect(page.locator("[data-strip] svg")).to_have_class(classes[0])
    walker.look("view-filter")
    page.reload()
    assert page.locator("mark").count() == shown
    select(page, 3, "She has")
    page.keyboard.type("proud of")
    page.keyboard.press("Enter")
    expect(page.locator("[data-status]")).to_contain_text("leaves it out")
    expect(marks(page, 3)).to_have_count(0)
    page.get_by_role("link", name="Show all codings").click()
    page.wait_for_url(f"**{DESK}")  # and until its scripts listen
    expect(page.locator("mark")).to_have_count(every + 1)
    page.get_by_label("Show the codings of a coder").select_option(index=1)
    page.wait_for_url("**/?coder=*")
    assert 0 < page.locator("mark").count() < every


@pytest.mark.browser
def test_words_are_found_as_they_are_typed(walker: Walker) -> None:
    page = walker.go(DESK)
    field, told = page.get_by_label("Find in this transcript").last, page.locator("[data-hits]")
    field.fill("council")
    expect(told).to_contain_text("1 of ")
    hits = highlighted(page, "hits")
    assert {hit.lower() for hit in hits} == {"council"}
    assert told.inner_text() == f"1 of {len(hits)}"
    field.press("Enter")
    expect(told).to_contain_text("2 of ")
    walker.look("view-find")
    assert [hit.lower() for hit in highlighted(page, "hit")] == ["council"]
    field.press("Shift+Enter")
    field.press("Shift+Enter")
    expect(told).to_have_text(f"{len(hits)} of {len(hits)}")
    field.fill("she has AND")
    expect(told).to_have_text("1 of 1")
    select(page, 3, "has")
    page.keyboard.type("being ask")
    page.keyboard.press("Enter")
    expect(marks(page, 3)).to_have_text("has")
    assert highlighted(page, "hits") == ["She has and"]  # over a mark too
    field.press("Escape")
    expect(told).to_be_hidden()
    assert highlighted(page, "hits") == []


@pytest.mark.browser
def test_hits_are_coded_after_a_look_at_them_and_undone_at_once(walker: Walker) -> None:
    page = walker.go(DESK)
    page.get_by_label("Find in this transcript").last.fill("council")
    page.get_by_role("button", name="List hits").click()
    boxes = page.locator('[name="hit"]')
    many = boxes.count()
    assert many > 2
    boxes.first.uncheck()
    page.get_by_label("Code the ticked hits as").select_option(label="\u2003Being asked")
    page.get_by_label("How much of each").select_option(label="Their sentences")
    walker.look("view-search")
    page.get_by_role("button", name=f"Code {many - 1} hits").click()
    expect(page.locator(".done")).to_contain_text("newly coded as Being asked")
    walker.go(DESK)
    coded = page.locator(".turn:has(.stripe)").count()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-status]")).to_contain_text("Undone: code hits of “council”")
    expect(page.locator(".turn:has(.stripe)")).not_to_have_count(coded)


@pytest.mark.browser
def test_search_over_all_transcripts_leads_to_the_words(walker: Walker) -> None:
    page = walker.go("/studies/demo/search/?q=council")
    assert page.locator(".hits .of").count() > 1
    for width, scheme in ((1366, "dark"), (390, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(f"document.querySelector('.menu').open = {width} > 760")
        walker.look(f"view-search-{width}-{scheme}")
    page.set_viewport_size({"width": 1366, "height": 768})
    link = page.locator(".hits a").nth(3)
    turn = int(link.inner_text().split()[1])
    link.click()
    in_view(page, turn)
    assert [words.lower() for words in highlighted(page, "hit")] == ["council"]


@pytest.mark.browser
def test_passages_of_a_code_stand_beside_and_open_their_places(walker: Walker) -> None:
    page = walker.go(DESK)
    page.get_by_label("Code whose passages are shown").select_option(label="\u2003Being asked")
    expect(page.locator("[data-passages] li").first).to_be_visible()
    assert "beside=" in page.url
    walker.look("view-beside")
    here = page.locator("[data-here]").first
    turn = int(here.inner_text().split()[1].strip(","))
    here.click()
    page.wait_for_timeout(300)
    in_view(page, turn)
    elsewhere = page.locator("[data-passages] li a:not([data-here])").first
    said = elsewhere.locator("xpath=ancestor::li").locator("blockquote").inner_text()[1:12]
    elsewhere.click()
    expect(page.locator("h1")).not_to_contain_text("Plover House hall, group 1")
    page.wait_for_timeout(500)
    assert said in "".join(highlighted(page, "place"))
    expect(page.get_by_label("Code whose passages are shown")).not_to_have_value("")


@pytest.mark.browser
def test_the_next_and_the_last_transcript_are_one_click_away(walker: Walker) -> None:
    page = walker.go(DESK)
    title = page.locator("h1").inner_text()
    expect(page.locator(".neighbours")).to_contain_text("1 of 10")
    page.get_by_role("link", name="Next transcript").click()
    expect(page.locator(".neighbours")).to_contain_text("2 of 10")
    page.get_by_role("link", name=f"Previous transcript: {title}").click()
    expect(page.locator("h1")).to_have_text(title)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 683, 390, 320])
def test_the_desk_reads_well_zoomed_and_on_a_phone(walker: Walker, width: int, scheme) -> None:
    walker.page.emulate_media(color_scheme=scheme)
    walker.page.set_viewport_size({"width": width, "height": 844 if width < 600 else 384 * 2})
    page = walker.go(f"{DESK}?coder=1&beside=2&find=the")
    page.locator("#t4").scroll_into_view_if_needed()
    walker.look(f"view-desk-{width}-{scheme}")
    words = page.locator("#t4 > p").bounding_box()
    assert words["width"] > min(width * 0.6, 380)
