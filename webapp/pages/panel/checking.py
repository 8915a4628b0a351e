"""Check a stored receipt against the sampling frame, brought again."""

from __future__ import annotations

from flask import current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput
from linkage.allocating import check_allocation

from ...current import study
from ...errors import BAD_INPUT
from ...uploads import drop, keep, kept
from .blueprint import pages
from .listing import show_index


@pages.post("/<wave>/check")
def check(wave: str) -> ResponseReturnValue:
    """Allocate the frame again by the receipt and say what differs; nothing is stored."""
    file = request.files.get("frame")
    if not file or not file.filename:
        return show_index(BadInput("Choose the file of the sampling frame first.")), 400
    instance = current_app.extensions["coproduce"]
    token = keep(instance, current_user.guid, file.filename, file.stream)
    try:
        from analysis.survey_files import read_survey

        frame = read_survey(kept(instance, current_user.guid, token)).frame
        receipt, problems = check_allocation(study().db, wave, frame)
    except BAD_INPUT as error:
        return show_index(error), 400
    finally:
        drop(instance, current_user.guid, token)
    told = {"wave": wave, "receipt": receipt, "problems": problems, "file": file.filename}
    return show_index(checked=told)
