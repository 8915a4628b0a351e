"""Files of an allocation: a table, and one file an arm for the survey tool."""

from __future__ import annotations

from flask import Response

from coding.errors import NotFound
from linkage import areas
from linkage.allocating import arm_files

from ...current import study
from ...downloads import attachment, csv_file
from ...numbers import plain_rows
from ...version import VERSION
from .blueprint import pages


@pages.get("/<wave>/allocation.csv")
def download(wave: str) -> Response:
    from analysis.stored_allocation import stored_allocation

    found = stored_allocation(study().db, areas.find_wave(study().db, wave)["id"])
    if found is None:
        raise NotFound("This wave is not allocated yet.")
    columns = ["respondent", "area", "block", "arm"]
    columns += ["batch"] if found["batch"].max() > 1 else []
    columns += ["cluster"] if found["cluster"].notna().any() else []
    return csv_file(plain_rows(found[columns]), f"{study().key}-wave-{wave}-allocation.csv")


@pages.get("/<wave>/allocation.zip")
def arms(wave: str) -> Response:
    """Give one file an arm: who is in it, with the texts that were fixed."""
    content = arm_files(study().db, wave, VERSION)
    return attachment(content, "application/zip", f"{study().key}-wave-{wave}-arms.zip")
