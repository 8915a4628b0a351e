"""An analyst plans the next wave: draft, rows, freeze; two at once; and how many to invite."""

import pytest
from playwright.sync_api import expect

from .conftest import Walker

PLAN = "/studies/demo/plan/"


@pytest.mark.browser
def test_a_plan_is_drafted_changed_and_frozen(walker: Walker) -> None:
    page = walker.go("/studies/demo/settings")
    page.locator("#wave-name").fill("Wave 2")
    page.locator("#wave-key").fill("2")
    page.get_by_role("button", name="Add wave").click()
    walker.go(PLAN)
    walker.look("plan-none")
    page.get_by_role("link", name="Draft from the plan of Wave 1").click()
    walker.look("plan-edit")
    rows = page.locator("#part-outcomes .plan-row")
    expect(rows).to_have_count(9)
    page.get_by_role("button", name="Add an outcome").click()
    expect(rows).to_have_count(10)
    expect(page.locator("#outcome-9-key")).to_be_focused()
    page.keyboard.type("joined_health")
    page.locator("#outcome-9-scale").select_option("binary")
    page.get_by_role("button", name="Remove outcome 1", exact=True).click()
    expect(rows).to_have_count(9)
    page.get_by_role("button", name="Remove family 1").click()
    expect(page.locator("#part-families .plan-row")).to_have_count(1)
    page.reload()  # a slip: what was typed is kept in the tab, rows and all
    expect(page.get_by_text("Restored what you had typed")).to_be_visible()
    expect(rows).to_have_count(9)
    expect(page.locator("#outcome-9-key")).to_have_value("joined_health")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("main")).to_contain_text("Version 1 is saved as a draft")
    walker.look("plan-draft")
    page.get_by_role("link", name="Freeze …").click()
    walker.look("plan-freeze")
    page.get_by_role("button", name="Freeze version 1").click()
    expect(page.locator("main")).to_contain_text("Before any answers came in")
    walker.look("plan-frozen")


@pytest.mark.browser
def test_other_arms_change_the_contrasts_at_once(walker: Walker) -> None:
    page = walker.go(f"{PLAN}1/edit")
    page.get_by_label("A control and messages").check()
    arms = page.get_by_label("Arms", exact=True)
    arms.fill("none\nletter\ntext")
    page.get_by_role("button", name="Show the contrasts of these arms").click()
    expect(page.get_by_label("Primary contrast")).to_contain_text("letter vs none")
    walker.look("plan-arms")


@pytest.mark.browser
def test_who_saves_second_sees_both(walker: Walker) -> None:
    page = walker.go(f"{PLAN}1/edit")
    page.locator("#reason").fill("Another seed.")
    page.locator("#seed").fill("7")
    other = walker.context.new_page()
    other.goto(f"{walker.base}{PLAN}1/edit")
    other.locator("#reason").fill("More draws.")
    other.locator("#draws").fill("20000")
    other.get_by_role("button", name="Save the draft").click()
    expect(other.locator("main")).to_contain_text("saved as a draft")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("#conflict")).to_contain_text("saved this plan while you were editing it")
    walker.look("plan-conflict")
    walker.said.clear()  # the browser tells of the answer 409
    page.get_by_role("button", name="Save mine over theirs").first.click()
    expect(page.locator("main")).to_contain_text("20,000 draws, seed 7")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sample_sizes_on_a_phone_and_a_simulation(walker: Walker, scheme: str) -> None:
    walker.page.emulate_media(color_scheme=scheme)
    walker.page.set_viewport_size({"width": 390, "height": 844})
    page = walker.go("/studies/demo/sample-size/")
    walker.look(f"sample-size-phone-{scheme}")
    page.get_by_text("Simulate a planned outcome").click()
    page.get_by_label("Outcome", exact=True).select_option("difference_health")
    page.get_by_label("Shares of the answers").fill("1: 10, 2: 20, 3: 40, 4: 20, 5: 10")
    page.get_by_label("Change by Local story (A)").fill("1.5")
    page.get_by_role("button", name="Simulate", exact=True).click()
    expect(page.get_by_text("2,000 simulated experiments")).to_be_visible()
    walker.look(f"sample-size-simulated-{scheme}")
