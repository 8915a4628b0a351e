"""What a browser makes of the address that a sign-in leads to, whatever `next` says."""

from urllib.parse import quote

import pytest

from tests.webapp.accounts.test_open_redirects import PAYLOADS
from webapp.security import local_path

from .conftest import Walker


@pytest.mark.browser
def test_a_browser_stays_here_whatever_the_payload(walker: Walker) -> None:
    answers = [
        walker.context.request.get(f"{walker.base}/sign-in?next={quote(each)}", max_redirects=0)
        for each in PAYLOADS
    ]
    leads = [answer.headers["location"] for answer in answers]
    origins = walker.page.evaluate(
        "all => [...new Set(all.map(a => new URL(a, location).origin))]",
        [*leads, *[local_path(payload) or "/" for payload in PAYLOADS]],
    )
    assert len(leads) >= 500
    assert origins == [walker.base]
