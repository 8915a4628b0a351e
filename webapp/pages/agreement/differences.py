"""Where coders differ: the list, each place side by side, and what is decided there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import codebook, transcripts
from coding.adjudicating import Difference, agreed_layer, decide, difference_at, withdraw
from coding.adjudicating.telling import tell, tell_differences
from coding.errors import BadInput, Conflict
from coding.sifting import sift_passages
from linkage import areas
from linkage.passages import Passages

from ...arguments import whole_argument
from ...current import as_coder, study
from ...downloads import csv_file
from ...errors import BAD_INPUT
from ..transcripts.place import number
from .blueprint import pages

Row = dict[str, Any]
A_PAGE = 40
AROUND = 240  # characters of text shown before and after a place
NAMES = ("transcript", "code", "start", "end")
STATES = {"": "All", "open": "Open", "decided": "Decided"}


@dataclass(frozen=True)
class Piece:
    """Words that are alike throughout, and whether a coder coded them."""

    words: str
    coded: bool


@pages.get("/differences")
def differences() -> str:
    db, state = study().db, request.args.get("state", "")
    rows = tell_differences(db, whole_argument("transcript"), whole_argument("code"))
    decided = sum(1 for row in rows if row["decision"])
    if state:
        rows_shown = [row for row in rows if bool(row["decision"]) == (state == "decided")]
    else:
        rows_shown = rows
    page = min(max(1, whole_argument("page") or 1), max(1, -(-len(rows_shown) // A_PAGE)))
    return render_template(
        "agreement/differences.html",
        rows=rows_shown[(page - 1) * A_PAGE : page * A_PAGE],
        page=page,
        last=max(1, -(-len(rows_shown) // A_PAGE)),
        total=len(rows),
        decided=decided,
        states=STATES,
        options=_options(db),
        given={name: request.args[name] for name in ("transcript", "code", "state")
               if request.args.get(name)},
        first_open=next((row for row in rows if not row["decision"]), None),
    )  # fmt: skip


def _options(db: Database) -> dict[str, list[tuple[Any, str]]]:
    codes = codebook.codebook(db)
    return {
        "transcript": [(row["id"], row["title"]) for row in transcripts.list_transcripts(db)],
        "code": [(row["id"], "\u2003" * row["depth"] + row["name"]) for row in codes],
        "state": list(STATES.items()),
    }


@pages.get("/differences/place")
def place() -> str:
    return _show(_difference(study().db, request.args))


def _difference(db: Database, values: Mapping[str, str]) -> Difference:
    transcript_id, code_id, start, end = (number(values, n, f"The {n}") for n in NAMES)
    if transcript_id is None or code_id is None or start is None or end is None:
        raise BadInput("The address names no whole place; open it from the list of differences.")
    return difference_at(db, transcript_id, code_id, start, end)


def _show(found: Difference, error: Exception | None = None) -> str:
    db, at = study().db, found.place
    names = {row["id"]: row["name"] for row in areas.coders(db)}
    passages = Passages(db)
    turns = passages.turns(at.transcript_id, at.start, at.end)
    first = max(turns[0]["speech_start"] if turns else 0, at.start - AROUND)
    last = min(turns[-1]["end"] if turns else at.end + AROUND, at.end + AROUND)
    words = transcripts.passage(db, at.transcript_id, first, last)
    everything = tell_differences(db)
    here = next(i for i, row in enumerate(everything) if _is_at(row, found))
    rest = [*everything[here + 1 :], *everything[:here]]
    return render_template(
        "agreement/place.html",
        found=found,
        told=tell(db, found, names),
        transcript=transcripts.get_transcript(db, at.transcript_id),
        code=codebook.get_code(db, at.code_id),
        turn=turns[0] if turns else None,
        said=passages.said(at.transcript_id, at.start, at.end).row,
        sides=[(coder, names[coder], _pieces(words, first, at.spans[coder])) for coder in at.spans],
        following=next((row for row in rest if not row["decision"]), None),
        number=here + 1,
        total=len(everything),
        decided=sum(1 for row in everything if row["decision"]),
        form=request.form,
        error=error,
    )


def _is_at(row: Row, found: Difference) -> bool:
    at = found.place
    return (row["transcript_id"], row["code_id"], row["start"], row["end"]) == (
        at.transcript_id, at.code_id, at.start, at.end,
    )  # fmt: skip


def _pieces(words: str, first: int, spans: tuple[tuple[int, int], ...]) -> list[Piece]:
    """Cut words where a coder's passages start and end."""
    pieces, at = [], 0
    for start, end in spans:
        low, high = max(0, start - first), max(0, min(end - first, len(words)))
        pieces += [Piece(words[at:low], coded=False), Piece(words[low:high], coded=True)]
        at = high
    return [piece for piece in [*pieces, Piece(words[at:], coded=False)] if piece.words]


@pages.post("/differences/decide")
def decide_here() -> ResponseReturnValue:
    """Store a decision, and go on to the next open place."""
    form = request.form
    found = _difference(study().db, form)
    if form.get("seen") != found.place.seen_sha256:
        raise Conflict("A coding here changed since the page was loaded; load it anew.")
    code = codebook.get_code(study().db, found.place.code_id)["name"]
    kind, _, taken = form.get("decision", "").partition(" ")
    told: Row = {"words": form.get("words", ""), "note": form.get("note", "")}
    try:
        if not kind:
            raise BadInput("Choose what holds at this place.")
        told["taken_id"] = number({"taken": taken}, "taken", "The coder")
        study().change(
            f"decide on “{code}” where coders differ",
            as_coder(lambda db, coder_id: decide(db, found.place, kind, coder_id, **told)),
        )
    except BAD_INPUT as error:
        return _show(found, error), 400
    flash("Decided. The coders’ own codings stay as they are.")
    return _go_on()


def _go_on() -> ResponseReturnValue:
    rest = [row for row in tell_differences(study().db) if not row["decision"]]
    if not rest:
        return redirect(url_for("agreement.differences"))
    at = (number(request.form, "transcript", "It") or 0, number(request.form, "start", "It") or 0)
    behind = (row for row in rest if (row["transcript_id"], row["start"]) >= at)
    row = next(behind, rest[0])
    return redirect(address(row))


def address(row: Row) -> str:
    """Return the address of a place."""
    return url_for(
        "agreement.place",
        transcript=row["transcript_id"], code=row["code_id"], start=row["start"], end=row["end"],
    )  # fmt: skip


@pages.post("/differences/withdraw")
def withdraw_here() -> ResponseReturnValue:
    """Take a decision back."""
    found = _difference(study().db, request.form)
    code = codebook.get_code(study().db, found.place.code_id)["name"]
    at = found.place
    where = (at.transcript_id, at.code_id, at.start, at.end)
    study().change(
        f"take back the decision on “{code}”", lambda db: withdraw(db, difference_at(db, *where))
    )
    flash("The decision is taken back; the place is open again.")
    return redirect(address(dict(zip(("transcript_id", "code_id", "start", "end"), where,
                                     strict=True))))  # fmt: skip


@pages.get("/agreed.csv")
def agreed() -> Response:
    """Give the agreed layer as a file, its words as consent lets them go."""
    found = sift_passages(study().db, agreed_layer(study().db), "publication")
    return csv_file(found.rows, f"{study().key}-agreed.csv")
