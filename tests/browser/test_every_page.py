"""Every page that links lead to, each kind once, at two widths: nothing to complain of."""

import re
from urllib.parse import urldefrag, urlsplit

import pytest

from .conftest import Walker

FILES = re.compile(r"\.(csv|svg|png|toml|css|xlsx|docx|pdf|json|zip|r|python)$|/export$")


def kind(path: str) -> str:
    """Pages that differ only in numbers or values are of one kind."""
    parts = urlsplit(path)
    if "/queries/" in parts.path:  # what is asked is in the address: one of each page is enough
        return parts.path
    names = "&".join(sorted(pair.split("=")[0] for pair in parts.query.split("&") if pair))
    return re.sub(r"/\d+", "/n", parts.path) + "?" + names


def links(walker: Walker) -> list[str]:
    found = walker.page.eval_on_selector_all(
        "a[href]", "all => all.map(a => new URL(a.getAttribute('href'), location).href)"
    )
    here = [urldefrag(link)[0] for link in found if link.startswith(walker.base + "/studies/demo")]
    return [
        link.removeprefix(walker.base) for link in here if not FILES.search(urlsplit(link).path)
    ]


@pytest.mark.browser
def test_every_page_has_nothing_to_complain_of(walker: Walker) -> None:
    waiting, seen = ["/studies/demo/"], {kind("/studies/demo/")}
    while waiting:
        path = waiting.pop(0)
        walker.page.set_viewport_size({"width": 1366, "height": 768})
        walker.go(path)
        for link in links(walker):
            if kind(link) not in seen:
                seen.add(kind(link))
                waiting.append(link)
        name = re.sub(r"\W+", "-", kind(path)).strip("-").removeprefix("studies-demo") or "home"
        walker.look(f"every{name}")
        walker.page.set_viewport_size({"width": 390, "height": 844})
        walker.look(f"every{name}-phone")
    assert len(seen) > 30
