"""The analyst: allocates, imports, reads effects, and walks the chain in both directions."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Walker

AREAS = ("marlowe-reach", "aldercroft")


@pytest.mark.browser
def test_every_figure_walks_back_to_the_words(walker: Walker) -> None:
    page = walker.go("/studies/demo/")
    walker.look("overview")
    page.get_by_role("link", name="Joint display").first.click()
    expect(page.locator("main")).to_contain_text("Four areas")
    walker.look("joint")
    page.get_by_role("link", name="Acting together, Aldercroft: quotes").click()
    expect(page.locator("main")).to_contain_text("speakers")
    walker.look("joint-quotes")
    page.go_back()
    page.get_by_role("link", name="In context for Acting together, Aldercroft").click()
    expect(page.locator("[data-place]")).to_have_count(1)
    page.go_back()
    page.get_by_role("link", name="What is behind it in Aldercroft").click()
    expect(page.locator("main")).to_contain_text("Allocated")
    walker.look("joint-source")
    page.get_by_role("link", name="Local story (A): Health, Aldercroft").first.click()
    expect(page.locator("h1")).to_have_text("Where the words come from")
    page.get_by_role("link", name="Where else it is used").first.click()
    expect(page.locator("h1")).to_have_text("Where these words go")
    walker.look("words-used")
    page.get_by_role("link", name="Open on the desk").click()
    expect(page.locator("[data-place]")).to_have_count(1)


@pytest.mark.browser
def test_effects_by_outcome_and_contrast(walker: Walker) -> None:
    page = walker.go("/studies/demo/effects/")
    walker.look("effects")
    page.get_by_label("Contrast").select_option(
        label="B alone: typical time alone, against no nudge"
    )
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main svg").first).to_be_visible()
    assert "B+alone" in page.url or "B%20alone" in page.url
    with page.expect_download() as held:
        page.get_by_role("link", name="CSV").click()
    assert "B alone" in Path(held.value.path()).read_text("utf-8-sig")
    page.go_back()
    walker.go("/studies/demo/responses/1/table")
    walker.look("responses-table")


@pytest.mark.browser
def test_a_wave_is_allocated_and_its_answers_imported(walker: Walker, tmp_path: Path) -> None:
    page = walker.go("/studies/demo/settings")
    page.locator("#wave-name").fill("Wave 2")
    page.locator("#wave-key").fill("2")
    page.get_by_role("button", name="Add wave").click()
    frame = tmp_path / "frame.csv"
    rows = [f"P{i:03},{AREAS[i % 2]}" for i in range(160)]
    frame.write_text("id,area\n" + "\n".join(rows) + "\n")
    walker.go("/studies/demo/panel/")
    walker.look("panel")
    page.get_by_label("Sampling frame").set_input_files(frame)
    page.get_by_role("button", name="Look at the frame").click()
    page.get_by_role("button", name="Look first").click()
    walker.look("panel-plan")
    page.get_by_role("button", name="Allocate", exact=True).click()
    expect(page.locator("main")).to_contain_text("160 respondents are allocated.")

    with page.expect_download() as held:
        page.locator("#wave-2").locator("xpath=ancestor-or-self::section[1]").get_by_role(
            "link", name="CSV"
        ).click()
    lines = Path(held.value.path()).read_text("utf-8-sig").splitlines()
    head = lines[0].split(",")
    answers = tmp_path / "answers.csv"
    told = ["id,area,arm,hours_willing_with_others_health"]
    for number, line in enumerate(lines[1:]):
        row = dict(zip(head, line.split(","), strict=True))
        told.append(f"{row['respondent']},{row['area']},{row['arm']},{number % 7}")
    answers.write_text("\n".join(told) + "\n")
    walker.go("/studies/demo/responses/")
    walker.look("responses")
    page.locator("#file-2").set_input_files(answers)
    page.get_by_role("button", name="Look at the file").last.click()
    walker.look("mapping")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("main")).to_contain_text("160 respondents can be imported")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("main")).to_contain_text("160 respondents are stored.", timeout=60_000)
    walker.go("/studies/demo/effects/?wave=2")
    expect(page.locator("main")).to_contain_text("Aldercroft")


@pytest.mark.browser
def test_empty_study_says_what_to_do(walker: Walker) -> None:
    page = walker.go("/")
    walker.look("studies")
    page.get_by_label("Name").fill("Nothing yet")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("h1")).to_have_text("Which areas?")
    for path in ("", "transcripts/", "codebook/", "quotes/", "speakers/", "stories/", "messages/",
                 "panel/", "responses/", "effects/", "joint/", "transcripts/import"):  # fmt: skip
        walker.go(f"/studies/nothing-yet/{path}")
        walker.look(f"empty-{path.replace('/', '-') or 'overview'}")
        assert page.locator("main a, main button").count() > 0, path


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_figures_on_a_phone(walker: Walker, scheme: str) -> None:
    walker.page.emulate_media(color_scheme=scheme)
    walker.page.set_viewport_size({"width": 390, "height": 844})
    for name in ("", "joint/", "effects/", "panel/", "responses/", "messages/1/", "stories/1/"):
        walker.go(f"/studies/demo/{name}")
        walker.look(f"phone-{scheme}-{name.replace('/', '-') or 'overview'}")
