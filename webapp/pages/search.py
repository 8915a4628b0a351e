"""Search over all transcripts, and a code for all hits after a look at them."""

import re
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import codebook, searching, transcripts
from coding.checks import get
from coding.errors import BadInput
from coding.sifting import sift_passages
from linkage import areas

from ..arguments import whole_argument
from ..current import as_coder, study
from ..downloads import csv_file, xlsx_file
from ..errors import BAD_INPUT

pages = Blueprint("search", __name__, url_prefix="/studies/<study_key>/search")
Row = dict[str, Any]
SHOWN = 500
COLUMNS = (
    "transcript", "turn", "speaker", "area", "start", "end", "before", "quote", "after",
    "consent",
)  # fmt: skip
HIT = re.compile(r"(\d{1,15})-(\d{1,15})")


@pages.get("/")
def index() -> str:
    """Show the hits; `q` are the words, `transcript` and `area` narrow the search."""
    return _index()


def _index(error: Exception | None = None) -> str:
    db, wanted = study().db, _wanted()
    words = request.values.get("q", "")
    hits = searching.find_words(db, words, **wanted) if words.strip() else []
    return render_template(
        "search/index.html",
        words=words,
        hits=hits[:SHOWN],
        total=len(hits),
        places=len({hit["transcript_id"] for hit in hits}),
        wanted=wanted,
        areas=areas.areas(db),
        transcripts=transcripts.ordered(db),
        codes=codebook.codebook(db),
        form=request.form,
        error=error,
    )


def _wanted() -> Row:
    """Read where to search; raises NotFound where the address names nothing."""
    wanted: Row = {"whole_words": bool(request.values.get("whole"))}
    for name in ("transcript", "area"):
        number = whole_argument(name)
        wanted[f"{name}_id"] = (
            number if number is None else get(study().db, name, number, name)["id"]
        )
    return wanted


@pages.get("/hits.<any(csv, xlsx):form>")
def download(form: str) -> Response:
    """Give all hits as a file, in as far as consent to publication lets their words go."""
    db, words = study().db, request.args.get("q", "")
    hits = searching.find_words(db, words, **_wanted()) if words.strip() else []
    found = sift_passages(db, hits, "publication")
    rows = [{name: hit[name] for name in COLUMNS} for hit in found.rows]
    name = f"{study().key}-search"
    if form == "csv":
        return csv_file(rows, f"{name}.csv")
    about = [f"Hits of “{words}” in {study().key}", f"{len(rows):,} hits", found.sentence]
    return xlsx_file(rows, f"{name}.xlsx", [line for line in about if line])


@pages.post("/")
def code() -> ResponseReturnValue:
    """Code the hits that are ticked, in one change."""
    try:
        told = _code()
    except BAD_INPUT as error:
        return _index(error), 400
    flash(told)
    asked: Row = request.args.to_dict()
    return redirect(url_for("search.index", **asked))


def _code() -> str:
    words, wanted, extent = (
        request.args.get("q", ""),
        _wanted(),
        request.form.get("extent", "words"),
    )
    chosen = codebook.get_code(study().db, _chosen_code())
    ticked = {(int(t), int(s)) for t, s in map(_named, request.form.getlist("hit"))}
    if not ticked:
        raise BadInput("Tick at least one hit to code.")

    def run(db: Database, coder_id: int) -> int:
        hits = searching.pick_hits(searching.find_words(db, words, **wanted), ticked)
        return searching.code_hits(db, coder_id, chosen["id"], hits, extent)

    action = f"code hits of “{words.strip()[:60]}” as “{chosen['name']}”"
    new = study().change(action, as_coder(run))
    many = f"{new} passage is" if new == 1 else f"{new} passages are"
    return f"{many} newly coded as {chosen['name']}. One undo takes all of them back."


def _chosen_code() -> int:
    given = request.form.get("code", "")
    if not given.isdecimal() or len(given) > 15:
        raise BadInput("Choose the code for the hits.")
    return int(given)


def _named(hit: str) -> tuple[str, str]:
    found = HIT.fullmatch(hit)
    if not found:
        raise BadInput("These are not the hits of now; look at them again and tick anew.")
    return found[1], found[2]
