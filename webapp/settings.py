"""What a host sets in the instance folder's coproduce.toml: the public address, single sign-on."""

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for

from coding.errors import BadInput

FILE = "coproduce.toml"
KNOWN = {"public_url", "oidc"}
OIDC = ("name", "issuer", "client_id", "client_secret")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Oidc:
    """A provider of single sign-on; `name` is what the button says."""

    name: str
    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Settings:
    """The instance's settings; links that people are sent are built from `public_url` alone."""

    public_url: str = "http://127.0.0.1:8000"
    oidc: Oidc | None = None


def read_settings(folder: Path) -> Settings:
    """Read the settings file where there is one; raises BadInput where it is wrong."""
    try:
        found = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        found = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{FILE} is not TOML: {error}.") from error
    _check_keys(FILE, found, KNOWN)
    # `serve` says where it listens; the Host header of a request is never believed.
    url = found.get("public_url") or os.environ.get("COPRODUCE_ADDRESS") or Settings.public_url
    return Settings(_check_url(url), _read_oidc(found["oidc"]) if "oidc" in found else None)


def _check_keys(where: str, found: dict[str, Any], known: Iterable[str]) -> None:
    unknown = set(found) - set(known)
    if unknown:
        raise BadInput(f"{where} sets “{min(unknown)}”; it may set: {', '.join(sorted(known))}.")


def _check_url(url: Any) -> str:
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits or parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise BadInput(
            f"public_url in {FILE} must be like https://coproduce.example.org, with no path."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _read_oidc(found: Any) -> Oidc:
    if not isinstance(found, dict):
        raise BadInput(f"oidc in {FILE} must be a table: [oidc] with {', '.join(OIDC)}.")
    _check_keys(f"[oidc] in {FILE}", found, OIDC)
    for key in OIDC:
        if not isinstance(found.get(key), str) or not found[key].strip():
            raise BadInput(f"[oidc] in {FILE} must set {key}, a text.")
    issuer = urlsplit(found["issuer"])
    if issuer.scheme != "https" and not (issuer.scheme == "http" and issuer.hostname in LOOPBACK):
        raise BadInput(f"issuer in [oidc] of {FILE} must start with https://.")
    return Oidc(**found)


def public_link(endpoint: str, **values: Any) -> str:
    """Return an address that works from outside, whatever host the request named."""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url + url_for(endpoint, **values)
