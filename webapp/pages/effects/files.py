"""The effects as files: tables controlled on their way out, and pictures with their title."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import request
from flask.typing import ResponseReturnValue

from coding.errors import BadInput
from linkage.figures import decimals
from linkage.releasing import control
from linkage.survey.words import difference_words

from ...current import study
from ...display import day
from ...downloads import attachment
from ...released import released, released_file
from ...version import VERSION
from .blueprint import pages
from .page import Page, axis_title
from .pictures import drawable
from .shapes import shape_of
from .showing import chosen_page

if TYPE_CHECKING:
    import pandas as pd

KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
# A printed table holds fewer columns, rounded; the csv and the workbook hold everything.
PRINTED = ("area", "outcome", "contrast", "planned", "estimate", "ci_low", "ci_high", "p_value")
LAST_PRINTED = ("p_holm", "p_randomisation", "p_maxt", "mde_80")
ON_PAGE = ["label", "n", "heading", "suppressed"]


@pages.get("/effects.<any(csv, xlsx, docx, svg, png, pdf):form>")
def download(form: str) -> ResponseReturnValue:
    """Give the view as a table of full precision, or as a picture with its title."""
    page = chosen_page(request.args)
    name = file_name(page)
    if form in KINDS:
        return _picture(page, form, name)
    tidy = _printed(page) if form == "docx" else page.rows.drop(columns=ON_PAGE)
    title = f"Effects: {page.title}"
    shape = shape_of(tidy, page.held.design, page.wave["key"])
    whole = not (control(study().db, tidy, shape).frame["suppressed"] != "").any()
    about = about_lines(page, whole=whole)
    return released_file(form, tidy, shape, name=name, title=title, about=about)


def _printed(page: Page) -> pd.DataFrame:
    """The columns that fit a page, with no more digits than each row's interval bears."""
    sizes = [f"n_{arm}" for arm in page.held.design.arms]
    rows = page.rows[[*PRINTED, *(n for n in LAST_PRINTED if n in page.rows), *sizes]].copy()
    rows["planned"] = ["planned" if held else "exploratory" for held in rows["planned"]]
    ends = rows[["ci_low", "ci_high"]].astype(float).itertuples(index=False, name=None)
    places = [decimals(*interval) for interval in ends]
    for name in ("estimate", "ci_low", "ci_high", "mde_80"):
        rows[name] = [round(v, k) for v, k in zip(rows[name].astype(float), places, strict=True)]
    for name in rows.columns[rows.columns.str.startswith("p_")]:
        rows[name] = rows[name].astype(float).round(3)
    return rows


def file_name(page: Page) -> str:
    """A name that says what the file holds."""
    asked = page.asked
    said = [study().key, "wave", page.wave["key"], asked.outcome or page.shown_outcomes[0]]
    if len(page.shown_outcomes) > 1:
        planned = page.held.plan and page.shown_outcomes == page.held.primary_outcomes
        said[-1] = "primary" if planned else "outcomes"
    said.append(asked.contrast or page.shown_contrasts[0])
    return "-".join(str(part).replace(" ", "-").replace(",", "") for part in said)


def about_lines(page: Page, *, whole: bool = True) -> list[str]:
    """What the file is: filters, wave, respondents, plan, date and version.

    How areas differ is told only where no row is suppressed, which could be told back from it.
    """
    held, filters = page.held, page.asked.address
    chosen = "; ".join(f"{name}: {value}" for name, value in filters.items())
    lines = [
        f"Study {study().key}, wave {page.wave['key']} ({page.wave['name']}), "
        f"{len(held.frame):,} respondents.",
        f"Filters: {chosen or 'none: the page as it opens'}.",
        _standing(page),
        *held.notes,
        "Difference in means with HC2 standard errors, or CR2 where clusters are; pooled, each "
        "area weighs as many as its respondents.",
    ]
    if page.drawn:
        lines.append(
            f"Randomisation p and maxT: {page.drawn.draws:,} draws, seed {page.drawn.seed}, "
            f"made {page.drawn.made_at}."
        )
    lines += [f"{row['outcome']}, {row['contrast']}: {difference_words(row)}"
              for row in page.differences if whole]  # fmt: skip
    today = datetime.now(UTC).date().isoformat()
    return [*lines, f"Made {today} by Coproduce {VERSION}."]


def _standing(page: Page, *, short: bool = False) -> str:
    stored = page.held.stored
    if stored is None:
        return "Exploratory: this wave has no frozen plan."
    late = ", after results were seen" if stored["after_results"] else ""
    if short:  # a line of a picture
        return f"Plan frozen {day(stored['frozen_at'])}{late}, {stored['plan_sha256'][:12]}."
    return (
        f"Plan version {stored['version']}, frozen {day(stored['frozen_at'])}{late}, "
        f"hash {stored['plan_sha256']}; what it does not hold is exploratory (column planned)."
    )


def _picture(page: Page, form: str, name: str) -> ResponseReturnValue:
    from linkage.charts import download as draw

    unseen = [name for name in page.rows if str(name).startswith("missing_")]
    tidy = page.rows.drop(columns=["suppressed", *unseen])
    shape = shape_of(tidy, page.held.design, page.wave["key"])
    controlled = released(form, tidy, shape, title=f"Effects: {page.title}")
    rows = drawable(replace(page, rows=controlled.frame))
    if rows.empty and page.rows["estimate"].notna().any():
        raise BadInput("Every effect of this picture is suppressed, so there is nothing to draw.")
    scales = list(dict.fromkeys(rows["scale"]))
    unit = axis_title(scales[0]) if len(scales) == 1 else "difference, each in its own unit"
    about = about_lines(page)
    lines = [*about[:2], _standing(page, short=True), *controlled.notes, about[-1]]
    title = f"{study().key}, {page.title}"
    picture = draw(rows, form, axis_title=unit, title=title, lines=lines)
    return attachment(picture, KINDS[form], f"{name}.{form}")
