"""Agreement between coders, their differences, and double coding on the command line."""

import sys
from typing import Any

import click
from sqlite_utils import Database

from coding import finishing
from coding.errors import BadInput, NotFound
from coding.sifting import sift_passages
from linkage import areas
from linkage.settings import agreement_caveats
from linkage.study import open_study, writing

from ..instance import Instance
from .output import format_option, print_frame, print_rows, print_sifted
from .studies import ACTOR

Row = dict[str, Any]
UNITS = ("character", "sentence", "turn")
COEFFICIENTS = (
    "percent", "cohen_kappa", "fleiss_kappa", "gwet_ac1", "krippendorff_alpha", "unitising_alpha",
)  # fmt: skip
PROGRESS = ["id", "title", "area", "chosen", "seed", "finished", "coding"]
DIFFERENCES = ["transcript", "code", "start", "end", "quote", "coders", "decision", "decided_by"]
AGREED = ["transcript", "code", "theme", "start", "end", "quote", "basis", "decided_by"]


@click.command()
@click.argument("key")
@click.option("--coder", "coders", multiple=True, help="Whom to compare; repeat it.")
@click.option("--transcript", "titles", multiple=True, help="A transcript's title; repeat it.")
@click.option("--unit", type=click.Choice(UNITS), default="character", show_default=True)
@click.option(
    "--coefficient",
    type=click.Choice(COEFFICIENTS),
    default="krippendorff_alpha",
    show_default=True,
)
@click.option("--by", type=click.Choice(["code", "theme"]), default="code", show_default=True)
@click.option("--draws", type=click.IntRange(1, 100_000), default=2000, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@format_option
@click.pass_obj
def agreement(
    instance: str,
    key: str,
    coders: tuple[str, ...],
    titles: tuple[str, ...],
    unit: str,
    coefficient: str,
    by: str,
    draws: int,
    seed: int,
    form: str,
) -> None:
    """Show how far coders agree, per code and overall, where two or more finished a transcript."""
    from coding.agreement_caveats import caveats
    from coding.agreement_table import Asked, agreement_table

    db = open_study(Instance.at(instance).study_path(key))
    people = tuple(_named(db, "coder", "name", name) for name in coders)
    chosen = tuple(_named(db, "transcript", "title", title) for title in titles)
    found = agreement_table(db, Asked(unit, coefficient, by, people, chosen, draws, seed))
    print_frame(found.frame, form)
    if form == "table":
        told = [*agreement_caveats(db), *caveats(found)]
        click.echo("\n" + "\n".join(f"- {caveat}" for caveat in told))


def _named(db: Database, table: str, column: str, name: str) -> int:
    for row in db.table(table).rows:
        if row[column] == name:
            return int(row["id"])
    there = ", ".join(sorted(str(row[column]) for row in db.table(table).rows))
    raise NotFound(f"There is no {table} “{name[:80]}”; there are: {there[:400]}.")


@click.command(name="double-coding")
@click.argument("key")
@click.option("--number", type=int, help="Choose so many transcripts, by area.")
@click.option("--share", type=float, help="Choose this share of them, such as 0.2.")
@click.option("--seed", type=int, help="Of the draw; the same seed draws the same.")
@format_option
@click.pass_obj
def double_coding(
    instance: str, key: str, number: int | None, share: float | None, seed: int | None, form: str
) -> None:
    """List who has finished which transcript; with --number or --share, choose some first."""
    from coding.double_coding import choose_transcripts, chosen_transcripts

    db = open_study(Instance.at(instance).study_path(key))
    if number is not None or share is not None:
        if seed is None:
            raise BadInput("Give --seed, so that the choice can be made again.")
        action = f"choose transcripts for double coding (seed {seed})"
        with writing(db, ACTOR, action):
            coder = areas.ensure_coder(db, ACTOR)
            choose_transcripts(db, seed, coder, number=number, share=share)
    elif seed is not None:
        raise BadInput("With --seed, say --number or --share too.")
    chosen = chosen_transcripts(db)
    print_rows([_progress(row, chosen) for row in _all(db)], PROGRESS, form)


def _all(db: Database) -> list[Row]:
    from coding import transcripts

    return finishing.progress(db, transcripts.list_transcripts(db), areas.coders(db))


def _progress(row: Row, chosen: dict[int, Row]) -> Row:
    people = row["coders"]
    return {
        "id": row["id"],
        "title": row["title"],
        "area": row["area"],
        "chosen": row["id"] in chosen,
        "seed": chosen[row["id"]]["seed"] if row["id"] in chosen else None,
        "finished": ", ".join(p["name"] for p in people if p["finished"]),
        "coding": ", ".join(p["name"] for p in people if p["codings"] and not p["finished"]),
    }


@click.command()
@click.argument("key")
@click.argument("transcript")
@click.argument("coder")
@click.option("--reopen", is_flag=True, help="Take the mark back.")
@click.pass_obj
def finish(instance: str, key: str, transcript: str, coder: str, reopen: bool) -> None:
    """Mark a TRANSCRIPT (its title) as finished by a CODER (their name)."""
    db = open_study(Instance.at(instance).study_path(key))
    place = _named(db, "transcript", "title", transcript), _named(db, "coder", "name", coder)
    done = "unfinished again" if reopen else "finished"
    with writing(db, ACTOR, f"mark “{transcript}” as {done} by {coder}"):
        (finishing.reopen if reopen else finishing.finish)(db, *place)
    print(f"“{transcript}” is {done} by {coder}.", file=sys.stderr)  # noqa: T201


@click.command()
@click.argument("key")
@format_option
@click.pass_obj
def differences(instance: str, key: str, form: str) -> None:
    """List the places where coders who finished a transcript differ, and what was decided."""
    from coding.adjudicating.telling import tell_differences

    db = open_study(Instance.at(instance).study_path(key))
    print_sifted(sift_passages(db, tell_differences(db), "publication"), DIFFERENCES, form)


@click.command()
@click.argument("key")
@format_option
@click.pass_obj
def agreed(instance: str, key: str, form: str) -> None:
    """List the agreed layer: what coders agree on, and what was decided where they differ."""
    from coding.adjudicating import agreed_layer

    db = open_study(Instance.at(instance).study_path(key))
    print_sifted(sift_passages(db, agreed_layer(db), "publication"), AGREED, form)


COMMANDS = [agreement, double_coding, finish, differences, agreed]
