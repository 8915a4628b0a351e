"""Consent of the whole study: who allows what, what is missing, and what its lack means."""

from collections import Counter
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding import consent, speakers
from coding.errors import BadInput

from ...current import study
from ...display import plural
from ...downloads import csv_file
from ...errors import BAD_INPUT
from .blueprint import pages
from .listing import USES

Row = dict[str, Any]
COLUMNS = ("area", "group", "name", *speakers.USES, "form_version", "decided_on", "withdrawn_on")


@pages.get("/consents")
def consents() -> str:
    return _page()


def _page(error: Exception | None = None) -> str:
    db = study().db
    rows = consent.consent_table(db)
    only = request.args.get("show", "")
    return render_template(
        "speakers/consents.html",
        rows=[row for row in rows if row["missing"]] if only == "missing" else rows,
        total=len(rows),
        lacking=sum(bool(row["missing"]) for row in rows),
        counts={use: Counter(row[use] for row in rows) for use in USES},
        words=consent.ORDER[::-1],
        uses=USES,
        only=only,
        rule=consent.unrecorded_rule(db),
        rules=list(consent.UNRECORDED.items()),
        form=request.form if error else {},
        error=error,
    )


@pages.get("/consents.csv")
def download_consents() -> Response:
    rows = [{name: row[name] for name in COLUMNS} for row in consent.consent_table(study().db)]
    return csv_file(rows, f"{study().key}-consents.csv")


@pages.post("/consents")
def record_consents() -> ResponseReturnValue:
    """Record one decision, on one form, for all chosen speakers and uses."""
    form = request.form
    try:
        chosen = [int(n) for n in form.getlist("speaker") if n.isascii() and n.isdigit()]
        uses = [use for use in speakers.USES if use in form.getlist("use")]
        if not chosen or not uses:
            raise BadInput("Choose at least one speaker and one use.")
        if form.get("given") not in ("yes", "no"):
            raise BadInput("Say whether consent was given: yes or no.")
        for speaker_id in chosen:
            speakers.get_speaker(study().db, speaker_id)
        told = {name: form.get(name, "").strip() for name in ("form_version", "decided_on")}
        study().change(
            f"record consent of {plural(len(chosen), 'speaker')}",
            lambda db: consent.record_consents(db, chosen, uses, form["given"] == "yes", **told),
        )
    except BAD_INPUT as error:
        return _page(error), 400
    flash(f"Recorded for {plural(len(chosen), 'speaker')}: {', '.join(uses)}.")
    return redirect(url_for("speakers.consents"), 303)


@pages.post("/consents/rule")
def set_rule() -> ResponseReturnValue:
    """Set what exports do where nothing is recorded."""
    rule = request.form.get("unrecorded", "")
    try:
        study().change(
            "set what is done where consent is not recorded",
            lambda db: consent.set_unrecorded_rule(db, rule),
        )
    except BAD_INPUT as error:
        return _page(error), 400
    flash("Saved.")
    return redirect(url_for("speakers.consents"), 303)
