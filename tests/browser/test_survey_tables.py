"""An analyst reads tables and what goes with acting; an author takes a figure into a message."""

import pytest
from playwright.sync_api import expect

from linkage import areas
from linkage.study import open_study, writing

from .conftest import Walker

pytestmark = pytest.mark.browser
STUDY = "/studies/demo"


@pytest.fixture
def demo_instance(demo_instance, tmp_path):
    """The demonstration with a second wave, for which messages are written."""
    import shutil

    shutil.copytree(demo_instance, tmp_path / "with-two")
    db = open_study(tmp_path / "with-two" / "studies" / "demo.db")
    with writing(db, "test", "add a wave"):
        areas.add_wave(db, "2", "Wave 2")
    db.close()
    return tmp_path / "with-two"


def test_from_a_table_to_a_figure_in_a_message(walker: Walker) -> None:
    page = walker.go(f"{STUDY}/tables/")
    page.get_by_label("Item", exact=True).select_option("difference_health")
    page.get_by_label("By", exact=True).select_option("age")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("columnheader", name="65 and over")).to_be_visible()
    assert "item=difference_health" in page.url
    walker.look("survey-table")
    with page.expect_download() as download:
        page.get_by_role("link", name="DOCX").click()
    assert download.value.suggested_filename.endswith(".docx")

    page.get_by_role("link", name="Who acts alone or together").click()
    expect(page.get_by_text("Association, not effect:").first).to_be_visible()
    page.get_by_role("checkbox", name="Years here").uncheck()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("rowheader", name="Years here")).to_have_count(0)
    walker.look("association")

    page.get_by_role("link", name="Time use", exact=True).click()
    walker.look("time-use")
    row = page.get_by_role("region", name="Health, alone", exact=True)
    row.get_by_role("row", name="Aldercroft").get_by_role("link").first.click()
    walker.look("use-a-figure")
    page.get_by_role("button", name="Start the message with it").click()
    expect(page.get_by_text("(new; saved with the message)")).to_be_visible()
    page.get_by_label("Sentence 1").fill("People here give a little time each month.")
    page.get_by_role("button", name="Save as version 1").first.click()
    expect(page.get_by_text("1 figure behind it")).to_be_visible()
    expect(page.get_by_text("The text does not say")).to_be_visible()
    walker.look("message-with-a-figure")
    page.get_by_role("link", name="Where the words come from").click()
    expect(page.get_by_text("Figures it rests on")).to_be_visible()
    walker.look("provenance-of-a-figure")


def test_narrow_and_dark(walker: Walker) -> None:
    walker.page.set_viewport_size({"width": 390, "height": 800})
    walker.page.emulate_media(color_scheme="dark")
    for path, name in (
        ("tables/?item=hours_given_alone_health&by=arm", "survey-table-narrow"),
        ("tables/association", "association-narrow"),
        ("time-use/", "time-use-narrow"),
    ):
        walker.go(f"{STUDY}/{path}")
        walker.look(name)
