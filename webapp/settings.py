"""What a host sets in the instance folder's coproduce.toml: the public address, single sign-on."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for

from coding.errors import BadInput

FILE = "coproduce.toml"
KNOWN = {"public_url", "oidc"}


@dataclass(frozen=True)
class Settings:
    """The instance's settings; links in invitations are built from `public_url` alone."""

    public_url: str = "http://127.0.0.1:8000"
    oidc: dict[str, Any] = field(default_factory=dict)


def read_settings(folder: Path) -> Settings:
    """Read the settings file where there is one; raises BadInput where it is wrong."""
    try:
        found = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        found = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{FILE} is not TOML: {error}.") from error
    unknown = set(found) - KNOWN
    if unknown:
        raise BadInput(f"{FILE} sets “{min(unknown)}”; it may set: {', '.join(sorted(KNOWN))}.")
    # `serve` says where it listens; the Host header of a request is never believed.
    url = found.get("public_url") or os.environ.get("COPRODUCE_ADDRESS") or Settings.public_url
    if urlsplit(str(url)).scheme not in ("http", "https"):
        raise BadInput(f"public_url in {FILE} must start with http:// or https://.")
    return Settings(str(url).rstrip("/"), dict(found.get("oidc", {})))


def public_link(endpoint: str, **values: Any) -> str:
    """Return an address that works from outside, whatever host the request named."""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url + url_for(endpoint, **values)
