"""Which attributes the study records of speakers: kinds, levels, and values that do not fit."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding import attributes
from coding.checks import get

from ...current import study
from ...display import plural
from ...errors import BAD_INPUT
from ...rows import ROW
from .blueprint import pages


@pages.get("/attributes")
def list_attributes() -> str:
    return _page()


def _page(error: Exception | None = None, typed_for: int | None = None) -> str:
    db = study().db
    return render_template(
        "speakers/attributes.html",
        attributes=attributes.list_attributes(db),
        free=attributes.free_names(db),
        kinds=list(attributes.KINDS.items()),
        values_of=lambda name: attributes.values_of(db, name),
        form=request.form if error else {"name": request.args.get("name", "")},
        typed_for=typed_for,
        error=error,
    )


@pages.post("/attributes")
def define() -> ResponseReturnValue:
    form = request.form
    name, kind, levels = (form.get(field, "") for field in ("name", "kind", "levels"))
    try:
        study().change(
            f"define the attribute “{name.strip()[:80]}”",
            lambda db: attributes.define(db, name, kind, levels),
        )
    except BAD_INPUT as error:
        return _page(error, 0), 400
    flash(f"Speakers now have the attribute “{name.strip()}”.")
    return redirect(url_for("speakers.list_attributes"), 303)


@pages.post(f"/attributes/<{ROW}:attribute_id>")
def redefine(attribute_id: int) -> ResponseReturnValue:
    """Change a definition, and values that do not fit as they are mapped."""
    form, before = request.form, get(study().db, "attribute", attribute_id, "attribute")
    name, kind, levels = (form.get(field, "") for field in ("name", "kind", "levels"))
    mapping = dict(zip(form.getlist("old"), form.getlist("new"), strict=False))
    try:
        changed = study().change(
            f"change the attribute “{before['name']}”",
            lambda db: attributes.redefine(db, attribute_id, name, kind, levels, mapping),
        )
    except BAD_INPUT as error:
        return _page(error, attribute_id), 400
    told = f" {plural(changed, 'value')} mapped." if changed else ""
    flash(f"Saved “{name.strip()}”.{told}")
    return redirect(url_for("speakers.list_attributes"), 303)


@pages.post(f"/attributes/<{ROW}:attribute_id>/drop")
def drop(attribute_id: int) -> ResponseReturnValue:
    name = get(study().db, "attribute", attribute_id, "attribute")["name"]
    study().change(
        f"take away the attribute “{name}”", lambda db: attributes.drop(db, attribute_id)
    )
    flash(f"“{name}” is defined no more; what is recorded stays.")
    return redirect(url_for("speakers.list_attributes"), 303)
