"""A lead reads how far coders agree, chooses transcripts, and decides where coders differ."""

import pytest

from .conftest import Walker

A = "/studies/demo/agreement/"


def looks(walker: Walker, name: str) -> None:
    """Look at a page at both widths, in light and in dark."""
    page = walker.page
    for width, kind in ((1366, "wide"), (390, "phone")):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate("document.querySelector('header.top').scrollIntoView()")
            walker.look(f"agreement-{name}-{kind}-{scheme}")
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(color_scheme="light")


@pytest.mark.browser
def test_a_lead_reads_chooses_and_decides(walker: Walker) -> None:
    page = walker.go("/studies/demo/")
    page.get_by_role("link", name="Agreement", exact=True).click()
    assert page.locator("table.figures tbody tr").count() == 22
    page.get_by_label("For each").select_option("theme")
    page.get_by_label("Coefficient", exact=True).select_option("gwet_ac1")
    page.get_by_label("Unit", exact=True).select_option("turn")
    page.get_by_role("button", name="Show").click()
    assert page.locator("table.figures tbody tr").count() == 8
    assert "AC1 by turn" in page.locator("header.top").inner_text()
    looks(walker, "figures")
    with page.expect_download() as kept:
        page.get_by_role("link", name="XLSX").click()
    assert kept.value.suggested_filename == "demo-agreement-gwet_ac1.xlsx"

    page.get_by_role("link", name="Double coding").click()
    page.get_by_label("How many").fill("4")
    page.get_by_label("Seed").fill("11")
    page.get_by_role("button", name="Choose").click()
    assert page.locator("tbody .tag").count() == 4
    looks(walker, "double")

    page.get_by_role("link", name="Differences", exact=True).click()
    looks(walker, "differences")
    page.get_by_role("link", name="Decide, from the first open one").click()
    looks(walker, "place")
    first = page.url
    page.get_by_label("No coding").check()
    page.get_by_label("Note", exact=False).fill("Talk about the place, not pride.")
    page.get_by_role("button", name="Decide").click()
    assert "Decided." in page.locator("[role=status]").inner_text()
    assert page.url != first
    page.get_by_role("radio", name="Just these words").check()
    page.get_by_label("The words, for").fill("not in the transcript at all")
    page.get_by_role("button", name="Decide").click()
    assert "do not stand in the transcript" in page.get_by_role("alert").inner_text()
    walker.said.clear()  # the refusal, 400, is what was asked for
    page.goto(first)
    assert "Decided: no coding" in page.locator(".settled").inner_text()
    walker.look("agreement-decided")
    page.get_by_role("button", name="Take the decision back").click()
    assert page.locator(".settled").count() == 0
