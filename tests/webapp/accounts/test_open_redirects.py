"""Where a sign-in leads is always on this site: 500 ways to say somewhere else."""

from itertools import product
from urllib.parse import quote, urlsplit

from flask import Flask

from webapp.security import local_path

from .visitor import Visitor

HOSTS = ["evil.example", "evil.example/a", "EVIL.example:80", "u:p@evil.example", "1249755653",
         "[::1]", "\u0435vil.example", "evil\u3002example", "127.0.0.1@evil.example",
         "evil.example%2f..", "evil.example?x=/", "evil.example#/"]  # fmt: skip
STARTS = ["//", "///", "////", "/\\", "\\/", "\\\\", "\\", "http://", "https://", "https:",
          "http:/", "HTTPS://", "ftp://", "javascript://", "data:text/html,",
          "javascript:alert(1)//", "mailto:", "ws://", "x:", "", " //", "\t//", "/\t/", "/\n/",
          "/\r/", "\r\n//", "/\x00/", "\x00//", "/\x0b/", "\x1f//", "/\u2028/", "/\u00a0/",
          "\u3000//", "/\u2215/", "\uff0f\uff0f", "/ /", "/./", "/.//", "/..//", "/%2f",
          "/%2F%2f", "%2f%2f", "/%5c", "/%09/", "/%0a/", "/;@", "/@", "/:80//", "?//", "#//",
          ".//", "//\\", "/\u202e/"]  # fmt: skip
PAYLOADS = sorted({start + host for start, host in product(STARTS, HOSTS)})


def locations(app: Flask, account) -> dict[str, str]:
    """Sign in with each payload, whichever way it is sent, and note where each answer leads."""
    account("Ana")
    people = app.extensions["coproduce"].people
    visitor, found = Visitor(app), {}
    visitor.client.get(f"/sign-in/{people.make_sign_in_link(1)}")
    for payload in PAYLOADS:
        for form in (quote(payload, safe=""), quote(quote(payload, safe=""), safe="")):
            answer = visitor.client.get(f"/sign-in?next={form}")
            assert answer.status_code == 302
            found[form] = answer.location
    return found


def test_there_are_enough_of_them() -> None:
    assert len(PAYLOADS) >= 500


def test_every_way_in_keeps_to_what_local_path_allows(app: Flask, account) -> None:
    people = app.extensions["coproduce"].people
    user_id = account("Ana")
    for bad in ("//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example"):
        visitor = Visitor(app)
        assert visitor.sign_in("Ana", next=bad).location == "/"
        link = people.make_sign_in_link(user_id)
        assert Visitor(app).get(f"/sign-in/{link}?next={quote(bad)}").location == "/"
        page = Visitor(app).get(f"/sign-in?next={quote(bad)}").text
        assert 'name="next" value="/"' in page


def test_no_payload_names_a_host(app: Flask, account) -> None:
    for sent, location in locations(app, account).items():
        parts = urlsplit(location)
        assert (parts.scheme, parts.netloc) == ("", ""), sent
        assert location.startswith("/"), sent
        assert location.isprintable(), sent
        assert "\\" not in location, sent


def test_honest_addresses_pass() -> None:
    for path in ("/", "/studies/a/?q=two%20words&x=http://b", "/a#b", "/studies/\u00e9/"):
        assert local_path(path) == path


def test_control_characters_and_backslashes_pass_nowhere() -> None:
    for bad in ("/\t/a", "/a\x00", "/a\r\nSet-Cookie: b", "/a\u2028b", "/a\\b", "/a\u202eb"):
        assert local_path(bad) is None
