"""A person's way in: an invitation, an account, a second factor, a token that a script uses."""

import json
import re
import time
import urllib.request
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import Browser, expect

from tests.served import Server

from .conftest import Walker

PASSWORD = "lane cleared by noon"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 768}


@pytest.fixture
def person(chromium: Browser, server: Server):
    """Somebody with a browser of their own."""
    context = chromium.new_context(viewport=DESKTOP)
    walker = Walker(context, f"http://127.0.0.1:{server.port}")
    yield walker
    assert walker.said == []
    context.close()


def looks(walker: Walker, name: str) -> None:
    """Look at both widths, light and dark."""
    for scheme in ("light", "dark"):
        walker.page.emulate_media(color_scheme=scheme)
        for size, words in ((DESKTOP, ""), (PHONE, "-phone")):
            walker.page.set_viewport_size(size)
            walker.look(f"{name}{words}-{scheme}")
    walker.page.emulate_media(color_scheme="light")
    walker.page.set_viewport_size(DESKTOP)


def code_after(secret: str, last: str) -> str:
    """Return a code that was not used yet, waiting for it where it must."""
    while (code := pyotp.TOTP(secret).now()) == last:
        time.sleep(0.5)
    return code


@pytest.mark.browser
def test_from_an_invitation_to_a_token(walker: Walker, person: Walker) -> None:
    page = walker.go("/people/")
    page.get_by_label("For whom").fill("Bea")
    page.get_by_role("button", name="Make the link").click()
    expect(page.locator("main")).to_contain_text("Send this link to Bea")
    page.locator("details.member summary").first.click()
    looks(walker, "people")
    page = walker.go("/studies/demo/members/")
    page.get_by_label("For whom").fill("Bea")
    page.locator("#invite").locator("..").get_by_label("researcher").check()
    page.get_by_role("button", name="Make the link").click()
    link = urlsplit(page.locator("section.done code").inner_text()).path

    mine = person.go(link)
    looks(person, "invitation")
    mine.get_by_label("Your name").fill("Bea")
    mine.get_by_label("Password", exact=True).fill(PASSWORD)
    mine.get_by_label("The same again").fill(PASSWORD)
    mine.get_by_role("button", name="Make my account").click()
    expect(mine.locator("nav.rail")).to_contain_text("Codebook")

    mine.get_by_role("link", name="Bea").click()
    expect(mine.locator("h1")).to_have_text("Your account")
    mine.get_by_role("link", name="Set up a second factor").click()
    looks(person, "second-factor")
    secret = mine.locator("code.wrap").inner_text().replace(" ", "")
    first = pyotp.TOTP(secret).now()
    mine.get_by_label("Code").fill(first)
    mine.get_by_label("Your current password").fill(PASSWORD)
    mine.get_by_role("button", name="Ask for a code from now on").click()
    expect(mine.locator("main")).to_contain_text("From now on a code is asked for")

    mine.get_by_role("button", name="Sign out", exact=True).click()
    looks(person, "sign-in")
    mine.get_by_label("Name").fill("bea")
    mine.get_by_label("Password").fill(PASSWORD)
    mine.get_by_role("button", name="Sign in").click()
    looks(person, "code")
    mine.get_by_label("Code").fill(code_after(secret, first))
    mine.get_by_role("button", name="Sign in").click()
    expect(mine.locator("h1")).to_have_text("Studies")

    person.go("/account/")
    for closed in ("Change the password", "Drop it", "Make a token"):
        mine.get_by_text(closed, exact=True).click()
    looks(person, "account")
    mine.get_by_label("What it is for").fill("Notebook")
    mine.locator("#study").select_option("demo")
    mine.get_by_role("button", name="Make the token").click()
    looks(person, "token")
    said = mine.locator("section.done").inner_text()
    token = re.search(r"coproduce_\S+", said)[0]
    asked = urllib.request.Request(
        f"{person.base}/api/studies/demo/changes?since=0",
        headers={"Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(asked, timeout=20) as answer:
        assert json.load(answer)
    mine.get_by_role("button", name="Revoke the token Notebook").click()
    expect(mine.locator("main")).to_contain_text("The token is revoked")
