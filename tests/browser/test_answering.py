"""The analyst maps answers, compares, replaces a wave, and reads how it was answered."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from webapp.demo import survey

from .conftest import Walker


def answers(folder: Path, walker: Walker) -> Path:
    """Write the demonstration's answers anew, with a code that the mapping does not know."""
    walker.go("/studies/demo/panel/")
    with walker.page.expect_download() as held:
        walker.page.get_by_role("link", name="Allocation (CSV)").click()
    import pandas as pd

    allocated = pd.read_csv(held.value.path(), encoding="utf-8-sig")
    found = survey.simulate_answers(survey.sampling_frame(), allocated)
    found.loc[:39, "hours_alone_health"] = 99
    found.iloc[5:].to_csv(folder / "corrected.csv", index=False)
    return folder / "corrected.csv"


@pytest.mark.browser
def test_a_corrected_file_replaces_a_wave_after_it_was_compared(
    walker: Walker, tmp_path: Path
) -> None:
    file = answers(tmp_path, walker)
    page = walker.go("/studies/demo/responses/")
    page.get_by_text("Import another file into this wave").click()
    page.get_by_label("Survey file").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.locator("main")).to_contain_text("35 answers are 99")
    page.get_by_label("That means no answer").check()
    page.get_by_label("hours_willing_balance_health").check()
    page.locator("summary", has_text="Difference citizens make Health").click()
    opened = page.locator("details[open]", has_text="Ends and direction").last
    expect(opened.get_by_label("Words for values")).to_have_value(
        "1 = None at all\n2 = A little\n3 = Some\n4 = Quite a lot\n5 = A great deal"
    )
    page.get_by_role("button", name="Check").click()
    expect(page.locator("main")).to_contain_text("Against the answers that the wave has")
    expect(page.locator("main")).to_contain_text("0 respondents are new, 5 are gone")
    page.get_by_text("Some of those who answer otherwise").click()
    walker.look("mapping-compared")
    page.get_by_label("Replace the answers that the wave has").check()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("main")).to_contain_text("1,995 respondents are stored.", timeout=60_000)
    page.get_by_text("1 earlier import").click()
    expect(page.locator("main")).to_contain_text("0 new, 5 gone")
    walker.look("responses-earlier")

    page.get_by_role("link", name="Dictionary", exact=True).last.click()
    told = page.locator("tbody", has_text="hours_willing_balance_health")
    expect(told).to_contain_text("hours_with_others_health less hours_alone_health")
    walker.look("dictionary")
    with page.expect_download() as held:
        page.get_by_role("link", name="CSV").click()
    with Path(held.value.path()).open(encoding="utf-8-sig", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["key"] == "hours_alone_health"]
    assert ("missing", "99", "35") in {(r["kind"], r["value"], r["respondents"]) for r in rows}
    page.get_by_role("link", name="Quality").last.click()
    walker.look("dictionary-quality")
    page.get_by_role("link", name="Response and attrition").click()
    page.get_by_label("Item").select_option("hours_alone_health")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main")).to_contain_text("answering this: p")
    walker.look("dictionary-response")


@pytest.mark.browser
def test_group_members_are_typed_taken_off_and_brought_back(walker: Walker) -> None:
    walker.go("/studies/demo/responses/")
    page = walker.page
    page.get_by_role("link", name="Group members").click()
    page.get_by_label("Respondents’ ids").fill("R0001, R0002\nR9999")
    page.get_by_role("button", name="Add to the list").click()
    expect(page.locator("main")).to_contain_text("3 respondents on the list")
    page.get_by_label("R9999").check()
    page.get_by_role("button", name="Take off the list").click()
    expect(page.locator("main")).to_contain_text("2 respondents on the list")
    page.get_by_text("1 respondent taken off", exact=True).click()
    page.get_by_label("R9999").check()
    walker.look("group-members")
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator("main")).to_contain_text("3 respondents on the list")
