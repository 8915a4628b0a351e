"""An allocation by household with balance, added to, checked by its receipt and taken away."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Walker

AREAS = ("Marlowe Reach", "Aldercroft")


def frame(path: Path, people: range) -> Path:
    rows = [f"P{i:03},{AREAS[i // 2 % 2]},H{i // 2:03},{20 + i % 60}" for i in people]
    path.write_text("id,area,home,age\n" + "\n".join(rows) + "\n")
    return path


@pytest.mark.browser
def test_a_panel_is_allocated_added_to_and_checked(walker: Walker, tmp_path: Path) -> None:
    page = walker.go("/studies/demo/settings")
    page.locator("#wave-name").fill("Wave 2")
    page.locator("#wave-key").fill("2")
    page.get_by_role("button", name="Add wave").click()
    first = frame(tmp_path / "frame.csv", range(160))
    walker.go("/studies/demo/panel/")
    page.get_by_label("Sampling frame").set_input_files(first)
    page.get_by_role("button", name="Look at the frame").click()
    page.get_by_label("Shares of the arms").fill("none:2, A:1, B:1, A+B:1")
    page.get_by_label("Allocate whole").select_option("home")
    page.get_by_text("Balance to look at once it is stored").click()
    page.get_by_label("age", exact=True).last.check()
    page.get_by_role("button", name="Look first").click()
    expect(page.locator("main")).to_contain_text(
        "clusters (home) by block and arm, 160 respondents in all"
    )
    walker.look("panel-shares")
    page.get_by_role("button", name="Allocate", exact=True).click()
    expect(page.locator("main")).to_contain_text("160 respondents are allocated.")

    card = page.locator("section", has=page.locator("#wave-2"))
    card.get_by_text("Add respondents who came late").click()
    page.locator("#add-2").set_input_files(frame(tmp_path / "late.csv", range(160, 200)))
    card.get_by_role("button", name="Look at the frame").click()
    page.get_by_role("button", name="Look first").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("main")).to_contain_text("40 respondents added on")

    card.get_by_text("Receipts").click()
    page.locator("#check-2").set_input_files(first)
    card.get_by_role("button", name="Check the receipt").click()
    expect(page.get_by_role("status").first).to_contain_text("The receipt of batch 1 holds")
    walker.look("panel-checked")
    with page.expect_download() as held:
        card.get_by_role("link", name="One file an arm (ZIP)").click()
    assert "A+B.csv" in zipfile.ZipFile(held.value.path()).namelist()
    card.get_by_role("link", name="Balance").click()
    expect(page.locator("main")).to_contain_text("One test of all covariates and arms")
    walker.look("balance")
    page.get_by_label("Where").select_option(label="Aldercroft")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main")).to_contain_text("Means by arm, Aldercroft")
    assert "area=aldercroft" in page.url
