"""The effects page and its files."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding.errors import NotFound
from linkage import areas

from ...current import study
from ...downloads import attachment, csv_file
from ...drawn import Drawn
from ...errors import BAD_INPUT
from ...numbers import plain_rows
from .blueprint import pages, source_address
from .view import EVERY, PLACES, View, answered, build_view

WIDTHS = {"wide": 760, "narrow": 320}
KINDS = {"svg": "image/svg+xml", "png": "image/png"}


@pages.get("/")
def index() -> ResponseReturnValue:
    db = study().db
    try:
        view = build_view(db, request.args)
    except BAD_INPUT as error:
        page = render_template("effects/index.html", view=None, waves=answered(db), error=error)
        return page, 400
    if view is None:
        return render_template("effects/index.html", view=None, waves=[])
    return render_template(
        "effects/index.html",
        view=view,
        rows=plain_rows(view.rows),
        charts=_draw(view),
        every=EVERY,
        places=PLACES,
        issues={row["key"]: row["name"] for row in areas.issues(db)},
        source=source_address,
        several=len(view.outcomes) * (len(view.contrasts) if view.contrast == EVERY else 1),
    )


def _draw(view: View) -> dict[str, Drawn]:
    """Draw the rows for a wide and for a narrow page; each figure opens its respondents' table."""
    from linkage.charts import effects_chart

    if not view.drawn:
        return {}
    place = {"wave": view.wave["key"], "outcome": view.outcome.key}
    named = {row["key"] for row in areas.areas(study().db)}
    linked = view.rows.assign(
        href=[
            url_for("responses.table", **place, area=area if area in named else None)
            for area in view.rows["area"]
        ]
    )
    if linked["area"].nunique() == 1 < len(linked):  # the rows differ by contrast: their name
        linked = linked.assign(area=linked["contrast"], label=linked["contrast"])
    return {
        name: Drawn(effects_chart(linked, width=width, axis_title=view.unit))
        for name, width in WIDTHS.items()
    }


@pages.get("/effects.<any(csv, svg, png):form>")
def download(form: str) -> ResponseReturnValue:
    """Give the view as a table of full precision, or as a picture with its title."""
    view = build_view(study().db, request.args)
    if view is None:
        raise NotFound("No wave has answers yet, so there are no effects to save.")
    said: list[Any] = [study().key, "wave", view.wave["key"], view.outcome.key, view.contrast]
    name = "-".join(str(part).replace(" ", "-").replace(",", "") for part in said)
    if form == "csv":
        tidy = view.rows.drop(columns=["label", "n"])
        return csv_file(plain_rows(tidy), f"{name}.csv")
    from linkage.charts import download as draw

    title = f"{study().key}, {view.wave['name']}: {view.outcome.key}"
    picture = draw(view.rows, form, axis_title=view.unit, title=title)
    return attachment(picture, KINDS[form], f"{name}.{form}")
