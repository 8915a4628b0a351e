"""Suggested codes on the command line, how good they are, and decisions on them."""

from typing import Any

import click
from sqlite_utils import Database

from coding.codebook import codebook
from coding.consent import LEFT_OUT
from coding.errors import BadInput, NotFound
from coding.sifting import sift_passages
from coding.suggestions import acceptance, reviewing
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_rows, print_sifted, progress_line
from .studies import ACTOR

Row = dict[str, Any]
QUALITY = [
    "code", "support", "transcripts", "precision", "recall", "calibration_error", "enough",
    "accepted", "decided",
]  # fmt: skip
OVERALL = (
    ("recall_at_3", "the right code is among the first three"),
    ("top_quarter_precision", "the first suggestion is right in the most confident quarter"),
    ("calibration_error", "calibration error of the likeliest code"),
    ("alpha", "Krippendorff's alpha, as a second coder"),
)


@click.command()
@click.argument("key")
@click.option("--code", help="Only suggestions of this code, by its name.")
@click.option("--top", type=click.IntRange(1), help="At most so many, the most likely first.")
@click.option("--refit", is_flag=True, help="First learn from the codings as they are now.")
@click.option("--quality", is_flag=True, help="Print how good suggestions are, by code.")
@format_option
@click.pass_obj
def suggest(
    instance: str,
    key: str,
    code: str | None,
    top: int | None,
    refit: bool,
    quality: bool,
    form: str,
) -> None:
    """List the codes suggested for passages that do not bear them, with what speaks for them.

    Words go as consent to publication lets them. Nothing is coded: that is done on the pages.
    """
    db = open_study(Instance.at(instance).study_path(key))
    if refit:
        from linkage.suggesting import refit as learn

        learn(db, actor=ACTOR, progress=progress_line("Suggest"))
    fit = reviewing.read_fit(db)
    if fit is None:
        raise BadInput("Nothing has been learned in this study yet; add --refit.")
    code_id = None if code is None else _code(db, code)
    click.echo(f"Learned {fit['fitted_at']} with {fit['model']}.", err=True)
    if quality:
        _print_quality(db, fit, code_id, form)
    else:
        _print_open(db, code_id, top, form)


def _code(db: Database, name: str) -> int:
    codes = codebook(db)
    for row in codes:
        if row["name"] == name:
            return int(row["id"])
    there = ", ".join(row["name"] for row in codes)
    raise NotFound(f"There is no code “{name[:80]}”; there are: {there[:400]}.")


def _print_open(db: Database, code_id: int | None, top: int | None, form: str) -> None:
    rows = reviewing.list_open(db, code_id=code_id, limit=-1 if top is None else top)
    told = [{**row, "reasons": reviewing.reasons_line(row)} for row in rows]
    found = sift_passages(db, told, "publication")
    columns = [*reviewing.COLUMNS, "speaker", "area", "consent"]
    for row in found.rows:
        # What speaks for a suggestion are words of the very passage.
        row["reasons"] = "" if row["consent"].startswith(LEFT_OUT) else row["reasons"]
    found.rows[:] = [{name: row[name] for name in columns} for row in found.rows]
    print_sifted(found, list(reviewing.COLUMNS), form)


def _print_quality(db: Database, fit: Row, code_id: int | None, form: str) -> None:
    names = {row["id"]: row["name"] for row in codebook(db)}
    accepted = {row["code_id"]: row for row in acceptance.acceptance_by_code(db)}
    told = [row for row in fit["quality"].get("codes", []) if row["code_id"] in names]
    rows = [
        {
            **{name: row.get(name) for name in QUALITY},
            "code": names[row["code_id"]],
            "accepted": accepted.get(row["code_id"], {}).get("accepted", 0),
            "decided": accepted.get(row["code_id"], {}).get("decided", 0),
        }
        for row in told
        if code_id in (None, row["code_id"])
    ]
    print_rows(rows, QUALITY, form)
    if form == "table":
        _print_overall(fit["quality"])


def _print_overall(quality: Row) -> None:
    overall = quality.get("overall") or {}
    for name, words in OVERALL:
        if overall.get(name) is not None:
            click.echo(f"- {words}: {overall[name]:.3f}")
    if overall.get("passages"):
        click.echo(
            f"- measured on {overall['passages']:,} coded passages of {overall['transcripts']:,} "
            "transcripts, cross-validated by transcript"
        )
    if quality.get("why"):
        click.echo(f"- {quality['why']}")


COMMANDS = [suggest]
