"""The list of studies and the OpenAPI document."""

from typing import Any

from flask import current_app

from ...openapi import described
from ..studies.blueprint import own_studies
from .blueprint import pages

Row = dict[str, Any]


@pages.get("/openapi.json")
@described("Studies", "Document")
def openapi() -> Row:
    """Read this document."""
    if "openapi" not in current_app.extensions:
        from ...openapi.spec import build_spec

        current_app.extensions["openapi"] = build_spec()
    found: Row = current_app.extensions["openapi"]
    return found


@pages.get("/studies")
@described("Studies", "[Study]")
def list_studies() -> list[Row]:
    """List the studies one may enter, by name."""
    return [{name: row[name] for name in ("key", "name", "created_at")} for row in own_studies()]
