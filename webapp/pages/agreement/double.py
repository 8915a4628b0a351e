"""Double coding: which transcripts, how far each coder is, and marking them as finished."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding import finishing, transcripts
from coding.checks import get
from coding.double_coding import choose_transcripts, chosen_transcripts
from coding.errors import BadInput
from linkage import areas
from linkage.areas import ensure_coder

from ...current import as_coder, study
from ...errors import BAD_INPUT
from ...permissions import NotAllowed, may
from ...security import local_path
from ..transcripts.place import number
from .blueprint import blind_people, is_blind, pages

Row = dict[str, Any]


@pages.get("/double-coding")
def double() -> ResponseReturnValue:
    return _page()


def _page(error: Exception | None = None) -> ResponseReturnValue:
    db = study().db
    chosen = chosen_transcripts(db)
    rows = finishing.progress(db, transcripts.list_transcripts(db), _coders(db))
    page = render_template(
        "agreement/double.html",
        rows=rows,
        coders=_coders(db),
        chosen=chosen,
        choice=next(iter(chosen.values()), None),
        own=current_user.guid,
        blind=blind_people(),
        is_blind=is_blind(),
        form=request.form,
        error=error,
    )
    return page, 400 if error else 200


def _coders(db: Database) -> list[Row]:
    """List who has coded or finished anything, and whoever asks; who is blind sees themselves."""
    active = {coder for _, coder in finishing.coded_by(db)}
    active |= {coder for coders in finishing.finished_by(db).values() for coder in coders}
    own = {"id": 0, "guid": current_user.guid, "name": current_user.name}
    known = [r for r in areas.coders(db) if r["id"] in active or r["guid"] == own["guid"]]
    if is_blind():
        known = [row for row in known if row["guid"] == own["guid"]]
    mine = any(row["guid"] == own["guid"] for row in known)
    return known if mine or not may("code") else [*known, own]


@pages.post("/double-coding/choose")
def choose() -> ResponseReturnValue:
    try:
        how, seed = _choice()
        action = f"choose transcripts for double coding (seed {seed})"
        chosen = study().change(
            action, as_coder(lambda db, coder: choose_transcripts(db, seed, coder, **how))
        )
    except BAD_INPUT as error:
        return _page(error)
    flash(f"Chosen: {len(chosen)}. The same seed on the same transcripts chooses the same.")
    return redirect(url_for("agreement.double"))


def _choice() -> tuple[Row, int]:
    seed = number(request.form, "seed", "The seed")
    many = number(request.form, "many", "How many")
    if seed is None or many is None:
        raise BadInput("Give how many, and a seed: any whole number, noted in the history.")
    return ({"share": many / 100} if request.form.get("of") == "share" else {"number": many}), seed


@pages.post("/finish")
def finish() -> ResponseReturnValue:
    """Mark a transcript as finished, or take the mark back; an owner may for any coder."""
    transcript_id = number(request.form, "transcript", "The transcript")
    coder_id = number(request.form, "coder", "The coder")
    if transcript_id is None or coder_id is None:
        raise BadInput("Say which transcript is finished, and by whom.")
    title = get(study().db, "transcript", transcript_id, "transcript")["title"]
    who = get(study().db, "coder", coder_id, "coder") if coder_id else None
    guid, name = (who["guid"], who["name"]) if who else (current_user.guid, current_user.name)
    if guid != current_user.guid and not may("adjudicate"):
        raise NotAllowed("Only an owner of the whole study marks what others have finished.")
    done = "finished" in request.form
    run = finishing.finish if done else finishing.reopen
    study().change(
        f"mark “{title}” as {'finished' if done else 'unfinished'} by {name}",
        lambda db: run(db, transcript_id, ensure_coder(db, name, guid)),
    )
    flash(f"“{title}” is marked as {'finished' if done else 'not finished'} by {name}.")
    back = local_path(request.form.get("next"))
    return redirect(back or url_for("agreement.double", _anchor=f"t{transcript_id}"))
