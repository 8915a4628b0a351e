"""Focus groups: who met where and when; new ones come with the import of their transcript."""

from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding import groups as groups_
from linkage import areas

from ...current import study
from ...errors import BAD_INPUT
from .blueprint import pages
from .place import PHASES, told


@pages.get("/groups/")
def groups() -> str:
    rows = groups_.list_groups(study().db)
    by_area = [(name, list(run)) for name, run in groupby(rows, lambda row: row["area_name"])]
    return render_template("transcripts/groups.html", by_area=by_area, total=len(rows))


@pages.get("/groups/<int:group_id>/")
def group(group_id: int) -> str:
    return _group(group_id)


def _group(group_id: int, error: Exception | None = None) -> str:
    db = study().db
    known = groups_.get_group(db, group_id)
    shown = {**known, "wave": known["wave_id"], **request.form.to_dict()}
    (area,) = [row for row in areas.areas(db) if row["id"] == known["area_id"]]
    return render_template(
        "transcripts/group.html",
        group=known,
        area=area,
        form=shown,
        phases=list(PHASES.items()),
        waves=[(row["id"], row["name"]) for row in areas.waves(db)],
        error=error,
    )


@pages.post("/groups/<int:group_id>/")
def save_group(group_id: int) -> ResponseReturnValue:
    name = request.form.get("name", "")
    try:
        fields = {"name": name, **told(request.form)}
        study().change(
            f"change the focus group “{name.strip()[:80]}”",
            lambda db: groups_.update_group(db, group_id, **fields),
        )
    except BAD_INPUT as error:
        return _group(group_id, error), 400
    flash(f"Saved “{name.strip()}”.")
    return redirect(url_for("transcripts.groups"), 303)
