"""The guided start of a study and its settings, at a desk and on a phone."""

import pytest

from .conftest import Walker

SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_a_study_is_started_step_by_step(walker: Walker, size: str) -> None:
    page = walker.page
    page.set_viewport_size(SIZES[size])
    walker.go("/")
    walker.look(f"start-{size}-0-studies")
    page.get_by_label("Name", exact=True).fill("Two Towns")
    page.get_by_role("button", name="Start study").press("Enter")
    page.get_by_role("heading", name="Which areas?").wait_for()
    walker.look(f"start-{size}-1-areas")
    page.locator("#name-0").fill("North Fold")
    page.locator("#kind-0").fill("rural area")
    page.locator("#name-1").fill("Castle Ward")
    page.get_by_role("button", name="Save and add more").click()
    page.locator(".there li").first.wait_for()
    assert page.locator(".there li").all_inner_texts() == ["North Fold\nrural area", "Castle Ward"]
    walker.look(f"start-{size}-2-areas-more")
    page.get_by_role("link", name="Skip", exact=True).click()
    page.get_by_role("heading", name="Which issues?").wait_for()
    walker.look(f"start-{size}-3-issues")
    page.get_by_label("Local environment").uncheck()
    page.locator("#name-0").fill("Loneliness")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("heading", name="The first wave").wait_for()
    walker.look(f"start-{size}-4-wave")
    assert "Local story (A)" in page.locator(".arms").inner_text()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("heading", name="The first files").wait_for()
    walker.look(f"start-{size}-5-files")
    page.get_by_role("navigation", name="Steps").get_by_role("link", name="Issues").click()
    page.get_by_role("heading", name="Which issues?").wait_for()
    there = page.locator(".there li").all_inner_texts()
    assert there == ["Health", "Community safety", "Loneliness"]
    page.get_by_role("link", name="First files").click()
    page.get_by_role("link", name="Import transcripts").click()
    page.get_by_role("heading", name="Import transcripts").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_a_study_is_settled_exported_and_archived(walker: Walker, size: str, tmp_path) -> None:
    page = walker.page
    page.set_viewport_size(SIZES[size])
    walker.go("/studies/demo/settings")
    walker.look(f"settings-{size}")
    page.get_by_text("Aldercroft").first.click()
    page.locator("#area-2-name").fill("Alder Croft")
    page.get_by_role("button", name="Save Aldercroft").click()
    page.get_by_text("Alder Croft").first.click()
    page.locator("#area-2-name").wait_for()
    walker.look(f"settings-{size}-open")
    page.get_by_role("button", name="Remove Alder Croft").click()
    page.get_by_role("alert").wait_for()
    assert "cannot be removed, since it is in use: 3 focus groups" in page.inner_text("main")
    walker.look(f"settings-{size}-refused")
    assert "400" in walker.said.pop()  # the browser's own note of the refusal
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Export the file").click()
    waiting.value.save_as(tmp_path / "demo.db")
    page.get_by_role("button", name="Archive the study").click()
    page.get_by_text("This study is archived").wait_for()
    walker.look(f"settings-{size}-archived")
    assert page.get_by_role("button", name="Add area").count() == 0
    walker.go("/")
    page.get_by_text("Archived (1)").click()
    walker.look(f"studies-{size}-archived")
    page.get_by_role("link", name="Open a file").click()
    walker.look(f"open-{size}")
    page.get_by_label("Study file").set_input_files(tmp_path / "demo.db")
    page.get_by_label("Key").fill("again")
    page.get_by_role("button", name="Check and open").click()
    page.get_by_role("status").wait_for()
    assert "everything in the file was copied" in page.inner_text("main")
    assert page.url.endswith("/studies/again/")
