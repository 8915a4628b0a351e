"""How much time people give, for Nudge B: page, files, and the way into a message."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding.errors import BadInput, NotFound
from linkage import areas, messages
from linkage.areas import waves
from linkage.messages.figures import SPEC
from linkage.survey import tables

from ...current import study
from ...downloads import attachment
from ...drawn import Drawn
from ...errors import BAD_INPUT
from ...numbers import plain_rows
from ...permissions import NotAllowed, may
from ...released import released, released_file
from ..tables.drawing import KINDS, WIDTHS
from ..tables.view import about, answered, limits, refused
from .blueprint import pages
from .view import GIVEN, PERIODS, STATISTICS, build, issues_of, sections, words_of

Row = dict[str, Any]
TITLE = "Time that people give"


@pages.get("/")
def index() -> ResponseReturnValue:
    db = study().db
    try:
        view = build(request.args)
    except BAD_INPUT as error:
        return refused("time_use/index.html", error)
    if view is None:
        return render_template("time_use/index.html", view=None, waves=[])
    known = issues_of(view)
    issue = request.args.get("issue", known[0][0])
    if issue not in dict(known):
        raise NotFound(f"Nobody was asked of time on the issue “{issue[:80]}” in this wave.")
    found, notes = sections(view, issue)
    return render_template(
        "time_use/index.html",
        view=view,
        sections=found,
        issues=known,
        issue=issue,
        notes=[*limits(), *view.told.notes, *notes],
        waves=answered(db),
        charts=_draw(found, view.period),
        statistics=STATISTICS,
        periods=PERIODS,
        words_of=words_of,
        use=lambda row: _use_address(view.asked, row),
        whole=study().scope.areas is None,
    )


def _use_address(asked: Row, row: Row) -> str:
    place: Row = {name: row[name] for name in ("area", "issue", "given", "statistic")}
    return url_for("time_use.use", **asked, **place)


def _draw(found: list[Row], period: str) -> dict[str, Drawn]:
    from linkage.pictures import page_svg

    drawn = {name: _sheet(found, period, width) for name, width in WIDTHS.items()}
    return {name: Drawn(page_svg(sheet)) for name, sheet in drawn.items() if sheet}


def _sheet(found: list[Row], period: str, width: int) -> Any:
    from linkage.pictures import draw_dots

    dots = [
        {"heading": f"{part['name']}, {part['way'].lower()}", "name": line["name"],
         "estimate": cell["estimate"], "low": cell["ci_low"], "high": cell["ci_high"],
         "told": f"{words_of(cell)}, n {cell['base']:,}" if cell["base"] is not None
         else words_of(cell)}
        for part in found for line in part["lines"] for cell in line["cells"][:1]
    ]  # fmt: skip
    if not any(dot["estimate"] is not None for dot in dots):
        return None
    label = f"{TITLE}: mean hours. " + "; ".join(
        f"{dot['heading']}, {dot['name']}: {dot['told']}" for dot in dots
    )
    unit = f"Mean hours {PERIODS[period]}, with 95 % interval"
    return draw_dots(dots, label, unit, width=width)


@pages.get("/figures.<any(csv, xlsx, docx, svg, png, pdf):form>")
def download(form: str) -> ResponseReturnValue:
    """Give the figures, controlled, as a file of full precision; or the means as a picture."""
    view = build(request.args)
    if view is None:
        raise NotFound("No wave has answers yet, so there are no figures to save.")
    name = f"{study().key}-wave-{view.wave['key']}-time-use"
    said = about(view.told, f"{TITLE}, {view.words}")
    if form in KINDS:
        from linkage.pictures import file_bytes

        controlled = released(form, view.told.frame, tables.TIME, title=TITLE)
        kept = tables.Tabled(view.wave, controlled.frame, view.told.notes)
        found, _ = sections(type(view)(view.wave, view.weighted, view.has_weight, view.period,
                                       kept))  # fmt: skip
        sheet = _sheet(found, view.period, WIDTHS["wide"])
        if sheet is None:
            raise BadInput("There is nothing to draw: too few answered.")
        picture = file_bytes(sheet, form, TITLE, [*said, *controlled.notes])
        return attachment(picture, KINDS[form], f"{name}.{form}")
    return released_file(form, view.told.frame, tables.TIME, name=name, title=TITLE, about=said)


@pages.get("/use")
def use() -> ResponseReturnValue:
    """List the messages that a figure may stand behind: of later waves, its issue and area."""
    if not may("see results"):
        raise NotAllowed("Figures of time are results, which are hidden from you.")
    db, spec = study().db, {name: request.args.get(name, "") for name in SPEC}
    try:
        row = _figure(db, spec)
        after = areas.find_wave(db, spec["wave"])["position"]
    except BAD_INPUT as error:
        page = render_template("time_use/index.html", view=None, waves=answered(db), error=error)
        return page, 400
    later = [wave for wave in waves(db) if wave["position"] > after]
    places = [a for a in areas.areas(db) if spec["area"] in ("all", a["key"])]
    issue = areas.find_issue(db, spec["issue"])
    written = {
        (m["wave_id"], m["area_id"]): m
        for wave in later
        for m in messages.list_messages(db, wave["id"])
        if m["nudge"] == "B" and m["issue_id"] == issue["id"]
    }
    return render_template(
        "time_use/use.html", row=row, later=later, places=places, issue=issue, written=written,
        spec=_packed(spec), way=GIVEN.get(spec["given"], ""), statistics=STATISTICS,
        words=words_of(row),
    )  # fmt: skip


def _figure(db: Any, spec: dict[str, str]) -> Row:
    if not spec["wave"]:
        raise BadInput("The address names no figure; choose it from the table of time use.")
    told = tables.time_use(db, spec["wave"], spec["weighted"] == "yes", spec["period"] or "month")
    for row in plain_rows(told.frame):
        if all(row[name] == spec[name] for name in ("area", "issue", "given", "statistic")):
            return row
    raise BadInput("There is no such figure in that wave; choose it from the table of time use.")


def _packed(spec: dict[str, str]) -> str:
    return "|".join(spec[name] for name in SPEC)
