"""Plan an allocation of an uploaded frame, look at what it would be, and store it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.allocating import Asked, Drawn, draw, store
from linkage.messages import list_messages

from ...current import study
from ...errors import BAD_INPUT
from ...uploads import drop, keep, kept
from .blueprint import pages
from .columns import area_columns, describe, makes_blocks, makes_clusters
from .listing import show_index

if TYPE_CHECKING:
    import pandas as pd
    from werkzeug.datastructures import MultiDict

Row = dict[str, Any]
ARMS = "none, A, B, A+B"
MOST = 100  # blocks shown one by one


@pages.post("/frame")
def upload() -> ResponseReturnValue:
    file = request.files.get("frame")
    if not file or not file.filename:
        return show_index(BadInput("Choose the file of the sampling frame first.")), 400
    instance = current_app.extensions["coproduce"]
    token = keep(instance, current_user.guid, file.filename, file.stream)
    wave, add = request.form.get("wave", ""), request.form.get("add") or None
    return redirect(url_for("panel.plan", token=token, wave=wave, add=add))


@pages.get("/plan/<token>")
def plan(token: str) -> ResponseReturnValue:
    try:
        frame = _frame(token)
    except BAD_INPUT as error:
        return show_index(error), 400
    wave, add = request.args.get("wave", ""), request.args.get("add", "")
    form = {
        "wave": wave,
        "add": add,
        "seed": secrets.randbelow(1_000_000),
        "arms": ARMS,
        "day": datetime.now(UTC).date().isoformat(),
        "within": area_columns(study().db, frame),
        "balance": [],
    }
    return _page(frame, form | (_as_before(wave, frame) if add else {}))


def _as_before(wave: str, frame: pd.DataFrame) -> Row:
    """What the form of an addition says at first: what the first batch did."""
    from analysis.allocation.receipt import written_shares

    first = next(iter(_receipts(study().db, wave)), None)
    if first is None:
        return {}
    return {
        "arms": ", ".join(first["arms"]),
        "shares": written_shares(first["shares"], first["arms"]),
        "within": [name for name in first["within"] if name in frame.columns],
        "cluster": first["cluster"],
    }


@pages.post("/plan/<token>")
def allocate(token: str) -> ResponseReturnValue:
    """Show what the allocation would be, or store it; what is stored never changes."""
    try:
        frame = _frame(token)
    except BAD_INPUT as error:
        return show_index(error), 400
    look = request.form.get("do") != "allocate"
    try:
        asked = _read(request.form)
        areas.find_wave(study().db, asked.wave)
        drawn = draw(study().db, frame, asked, look=look)
        if look:
            return _page(frame, _typed(), preview=_preview(drawn))
        action = f"{'add respondents to' if asked.add else 'allocate'} wave {asked.wave}"
        study().change(action, lambda db: store(db, drawn), kind="fixed")
    except BAD_INPUT as error:
        return _page(frame, _typed(), error=error)
    drop(current_app.extensions["coproduce"], current_user.guid, token)
    flash(f"{len(drawn.allocated):,} respondents are allocated.")
    return redirect(url_for("panel.index", _anchor=f"wave-{asked.wave}"))


def _typed() -> Row:
    lists = {name: request.form.getlist(name) for name in ("within", "balance")}
    return {**request.form.to_dict(), **lists}


def _read(form: MultiDict[str, str]) -> Asked:
    from analysis.allocation.receipt import parse_shares

    seed, day = form.get("seed", "").strip(), form.get("day", "").strip()
    if not (seed.isascii() and seed.isdecimal() and len(seed) < 19):
        raise BadInput("The seed must be a whole number of at most 18 digits, such as 4711.")
    try:
        allocated_on = date.fromisoformat(day)
    except ValueError as error:
        raise BadInput(f"“{day[:40]}” is not a date; write it as 2025-05-12.") from error
    arms = tuple(arm.strip() for arm in form.get("arms", "").split(","))
    return Asked(
        form.get("wave", ""), tuple(form.getlist("within")), arms, int(seed), allocated_on,
        form.get("cluster", ""), parse_shares(form.get("shares", ""), arms),
        tuple(form.getlist("balance")), bool(form.get("add")),
    )  # fmt: skip


def _frame(token: str) -> pd.DataFrame:
    from analysis.survey_files import read_survey

    return read_survey(kept(current_app.extensions["coproduce"], current_user.guid, token)).frame


def _receipts(db: Database, wave: str) -> list[Row]:
    from analysis.stored_allocation import find_receipts

    ids = {row["key"]: row["id"] for row in areas.waves(db)}
    return find_receipts(db, ids[wave]) if wave in ids else []


def _waves(db: Database, *, allocated: bool) -> list[Row]:
    return [row for row in areas.waves(db) if bool(_receipts(db, row["key"])) is allocated]


def _page(frame: pd.DataFrame, form: Mapping[str, Any], **more: Any) -> ResponseReturnValue:
    from analysis.allocation import id_column

    db = study().db
    try:
        respondent = id_column(frame)
    except BAD_INPUT as error:
        return show_index(error), 400
    others = [str(name) for name in frame.columns if name != respondent]
    chosen = {*form["within"], form.get("cluster"), *form["balance"]}
    page = render_template(
        "panel/plan.html",
        respondent=respondent,
        columns=[describe(frame[n]) for n in others
                 if n in form["within"] or makes_blocks(frame[n])],
        clusters=[n for n in others if n == form.get("cluster") or makes_clusters(frame[n])],
        others=others,
        ignored=[n for n in others if n not in chosen],
        rows=len(frame),
        waves=_waves(db, allocated=bool(form.get("add"))),
        messages=_messages(db, form["wave"]),
        form=form,
        **more,
    )  # fmt: skip
    return page, 400 if more.get("error") else 200


def _messages(db: Database, wave: str) -> int | None:
    """Count the messages that the allocation would fix; None where the wave is not known."""
    ids = {row["key"]: row["id"] for row in areas.waves(db)}
    if wave not in ids:
        return None
    return sum(1 for message in list_messages(db, ids[wave]) if message["version_id"])


def _preview(drawn: Drawn) -> Row:
    """Sizes by block and arm, never who is where: the draw is looked at only once it is stored."""
    units, arms = drawn.allocated, drawn.receipt.arms
    if drawn.receipt.cluster:
        units = units.drop_duplicates("cluster")
    table = units.groupby(["block", "arm"], sort=False).size().unstack(fill_value=0)
    blocks = table.reindex(columns=list(arms), fill_value=0).sort_index()
    return {
        "arms": arms,
        "unit": drawn.receipt.cluster or "respondents",
        "respondents": len(drawn.allocated),
        "blocks": blocks.head(MOST).to_dict("index"),
        "more": max(0, len(blocks) - MOST),
        "small": int((blocks < 2).any(axis=1).sum()),
        "totals": blocks.sum().to_dict(),
    }
