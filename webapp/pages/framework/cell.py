"""A cell of the matrix: its quotes beside the summary that is written from them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding import framework
from coding.errors import Conflict
from linkage.recent import as_it_was

from ...conflict import bring_together, compare
from ...current import as_coder, study
from ...errors import BAD_INPUT
from ...permissions import NotAllowed
from ...rows import ROW
from ..here import who_saved
from ..transcripts.place import number
from .blueprint import pages
from .matrix import given

Row = dict[str, Any]
SPEAKER = f"/speakers/<{ROW}:speaker_id>/themes/<{ROW}:code_id>/"
GROUP = f"/groups/<{ROW}:group_id>/themes/<{ROW}:code_id>/"
NOTHING: Row = {"id": None, "summary": "", "revision": 0}


@pages.get(SPEAKER)
@pages.get(GROUP)
def show(code_id: int, speaker_id: int | None = None, group_id: int | None = None) -> str:
    return _show(*_place(speaker_id, group_id), code_id)


def _place(speaker_id: int | None, group_id: int | None) -> tuple[str, int]:
    return ("group", group_id or 0) if speaker_id is None else ("speaker", speaker_id)


def _show(kind: str, row_id: int, code_id: int, error: Exception | None = None, **more: Any) -> str:
    db = study().db
    row, theme = framework.get_row(db, kind, row_id), framework.get_theme(db, code_id)
    saved_now = framework.get_summary(db, kind, row_id, code_id)
    quotes = framework.quotes_of(db, kind, row_id, code_id)
    form = {**(saved_now or NOTHING), **(request.form.to_dict() if error else {})}
    return render_template(
        "framework/cell.html",
        kind=kind,
        row=row,
        theme=theme,
        quotes=quotes,
        summary=saved_now,
        said=framework.pieces(saved_now["summary"] if saved_now else "", quotes),
        around=_around(kind, row_id, code_id),
        given=given(),
        blind=study().member.blind,
        error=error,
        **{"form": form, **more},
    )


def _around(kind: str, row_id: int, code_id: int) -> Row:
    """Name the cells before and after this one, reading row by row."""
    found = framework.framework(study().db, kind)
    places = [(row["id"], theme["id"]) for row in found.rows for theme in found.themes]
    if (row_id, code_id) not in places:
        return {}
    here = places.index((row_id, code_id))
    sides = {"previous": here - 1, "next": here + 1}
    return {name: places[at] for name, at in sides.items() if 0 <= at < len(places)}


@pages.post(SPEAKER)
@pages.post(GROUP)
def save(
    code_id: int, speaker_id: int | None = None, group_id: int | None = None
) -> ResponseReturnValue:
    if study().member.blind:
        raise NotAllowed("You code blind in this study, and summaries are read by everybody in it.")
    kind, row_id = _place(speaker_id, group_id)
    db = study().db
    row, theme = framework.get_row(db, kind, row_id), framework.get_theme(db, code_id)
    # Browsers send line ends their own way, and the page compares texts.
    text = request.form.get("summary", "").replace("\r\n", "\n")
    try:
        revision = number(request.form, "revision", "The revision") or 0
        study().change(
            f"summarise “{theme['name']}” for {row['name']}",
            as_coder(
                lambda db, coder: framework.set_summary(
                    db, coder, kind, row_id, code_id, text, revision
                )
            ),
        )
    except Conflict:
        return _conflict(kind, row_id, code_id, text, revision), 409
    except BAD_INPUT as error:
        return _show(kind, row_id, code_id, error), 400
    flash("The summary is saved.")
    return redirect(url_for("framework.show", **request.view_args or {}, **given()), 303)


def _conflict(kind: str, row_id: int, code_id: int, text: str, revision: int) -> str:
    db, typed = study().db, {"summary": text}
    now = framework.get_summary(db, kind, row_id, code_id) or NOTHING
    base = as_it_was(db, "framework_summary", now["id"], revision) if now["id"] else None
    found = compare({"summary": "Summary"}, base or {"summary": ""}, now, typed)
    together = bring_together(found, now, typed)
    who = who_saved("framework_summary", now["id"]) if now["id"] else {"who": "Somebody", "at": ""}
    return _show(kind, row_id, code_id, form=together, differences=found, saved=who)
