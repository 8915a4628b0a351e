"""The tables of these pages as files, controlled for disclosure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import request
from flask.typing import ResponseReturnValue

from linkage import areas
from linkage.survey import answering
from linkage.waves import find_wave_id

from ...current import study
from ...display import day
from ...released import released_file
from ...version import VERSION
from .blueprint import CHECKS, ITEMS, MISSING, RATES, pages

if TYPE_CHECKING:
    import pandas as pd

    from linkage.releasing import Shape

NARROW = ["column", "role", "issue", "measure", "scale", "asked", "refers_to", "derived_from"]
TITLES = {
    "dictionary": "Data dictionary",
    "quality": "Quality of the answers",
    "missing": "Missing answers by item",
    "response": "Response by area and arm",
}


@pages.get("/<any(dictionary, quality, missing, response):which>.<any(csv, xlsx, docx):form>")
def download(which: str, form: str) -> ResponseReturnValue:
    """Give a table with its title, wave, date and version."""
    db = study().db
    wave_id = find_wave_id(db, request.args.get("wave") or None)
    wave = next(row for row in areas.waves(db) if row["id"] == wave_id)
    frame, shape, said = _table(which, wave["key"])
    if form == "docx":  # what fits on a page; csv and xlsx have the rest
        frame = frame.drop(columns=NARROW, errors="ignore").round(3)
    about = [
        f"{study().key}, {wave['name']}; {day(datetime.now(UTC).date())}; Coproduce {VERSION}.",
        *said,
    ]
    name = f"{study().key}-wave-{wave['key']}-{which}"
    return released_file(form, frame, shape, name=name, title=TITLES[which], about=about)


def _table(what: str, wave: str) -> tuple[pd.DataFrame, Shape, list[str]]:
    db = study().db
    if what == "response":
        found = answering.response(db, wave, request.args.get("item") or None)
        return found.rates, RATES, [f"Item: {found.item.key}.", *found.notes]
    if what == "dictionary":
        # The base tells of what is suppressed: it goes, and the rows of all answers stay.
        told = "Shares of answers are of those who answered; of missing ones, of all respondents."
        return answering.dictionary(db, wave).drop(columns="base"), ITEMS, [told]
    if what == "missing":
        return answering.missing_by_item(db, wave), MISSING, []
    return answering.quality(db, wave), CHECKS, ["Nothing was left out because of these checks."]
