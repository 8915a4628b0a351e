"""The table and picture of balance, from the sampling frame or from the answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from coding.errors import BadInput
from linkage.releasing import Shape

from ...current import study
from ...downloads import attachment
from ...errors import BAD_INPUT
from ...released import released_file
from ...version import VERSION
from .blueprint import pages
from .viewing import View, find_view

KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
SHAPE = Shape(
    what="balance",
    by=("area", "covariate", "arm"),
    counts=("n", "control_n", "missing"),
    values=("mean", "control_mean", "difference", "standardised"),
    totals={"area": "pooled"},
)


@pages.get("/")
def index() -> ResponseReturnValue:
    view, error = None, None
    try:
        view = find_view(study().db, request.args, study().eyes)
    except BAD_INPUT as found:
        error = found
    drawn = _drawn(view) if view and view.shown else None
    page = render_template(
        "balance/index.html",
        view=view,
        error=error,
        drawn=drawn,
        limited=study().member.areas is not None,
    )
    return page, 400 if error else 200


def _drawn(view: View) -> dict[str, Any]:
    from linkage.pictures import page_svg

    from ...drawn import Drawn

    widths = {"wide": 700, "narrow": 330}
    return {name: Drawn(page_svg(view.draw(width))) for name, width in widths.items()}


@pages.get("/balance.<any(csv, xlsx, docx, svg, png, pdf):form>")
def download(form: str) -> Response:
    """Give the table of every area, or the picture of the one shown, as a file."""
    view = find_view(study().db, request.args, study().eyes)
    if view is None:
        raise BadInput("There is no balance to save: this wave has neither a table nor answers.")
    name = f"{study().key}-wave-{view.wave['key']}-balance-{view.basis}"
    title = f"Balance, {view.wave['name']}"
    now = datetime.now(UTC)
    about = [*view.about, f"Coproduce {VERSION}, {now.day} {now:%B %Y}."]
    if form in KINDS:
        from linkage.pictures import file_bytes

        content = file_bytes(view.draw(700), form, f"{title}: {view.area_name}", about)
        return attachment(content, KINDS[form], f"{name}-{view.area}.{form}")
    return released_file(form, view.table, SHAPE, name=name, title=title, about=about)
