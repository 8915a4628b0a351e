"""Names to hide on the command line: found, decided, hidden; and the key to them."""

import os
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from coding.errors import BadInput
from coding.pseudonyms import key_file, revealing, reviewing
from linkage import areas
from linkage.erasing import finish_erasing, is_due
from linkage.hiding_look import look
from linkage.pseudonyms import changing_key, hide_names, leave_roster, opened_key, search_names
from linkage.study import open_study, writing

from ..anchors import drop_anchor
from ..instance import Instance
from .output import format_option, print_rows, progress_line
from .studies import ACTOR

Row = dict[str, Any]
COLUMNS = ["id", "kind", "name", "forms", "places", "transcripts", "certainty", "decision",
           "pseudonym", "hidden"]  # fmt: skip
BUSY = (
    "Somebody is reading the study, so its file could not be rewritten yet; "
    "do this again with --apply when nobody does."
)


@click.command()
@click.argument("key")
@click.option("--find", is_flag=True, help="Search the transcripts first; decisions stay.")
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False),
    help="A list of participants, for this search alone.",
)
@click.option("--hide", type=int, multiple=True, help="Decide to hide this one, by id; repeat it.")
@click.option("--keep", type=int, multiple=True, help="Note this one as not identifying.")
@click.option("--hide-all", is_flag=True, help="Decide to hide all that is not decided.")
@click.option("--apply", is_flag=True, help="Hide what is decided, in one change, for good.")
@format_option
@click.pass_obj
def pseudonyms(
    instance: str, key: str, find: bool, roster: str | None, hide: tuple[int, ...],
    keep: tuple[int, ...], hide_all: bool, apply: bool, form: str,
) -> None:  # fmt: skip
    """List the names that were found, what is decided of each, and its pseudonym."""
    place = Instance.at(instance)
    path = place.study_path(key)
    db, held = open_study(path), place.key_path(key)
    if roster and not find:
        raise BadInput("With --roster, say --find too.")
    if find:
        _find(db, held, roster)
    with changing_key(held) as names:
        everything = [row["id"] for row in key_file.list_names(names) if row["decision"] == "open"]
        for decision, ids in (("hide", (*hide, *(everything if hide_all else ()))), ("keep", keep)):
            for name_id in ids:
                reviewing.decide(names, db, name_id, decision)
    if apply:
        _apply(place, path, db, held)
    with opened_key(held) as names:
        print_rows([_row(names, db, row) for row in key_file.list_names(names)], COLUMNS, form)


def _find(db: Database, held: Path, roster: str | None) -> None:
    if roster:
        from coding.pseudonyms.roster import read_roster

        leave_roster(held, read_roster(Path(roster).name, Path(roster).read_bytes()))
    told = search_names(db, key_path=str(held), progress=progress_line("Searched"))
    click.echo(f"Found {told['names']} names in {told['places']} places.", err=True)


def _apply(place: Instance, path: Path, db: Database, held: Path) -> None:
    if is_due(db):
        click.echo("The file is rewritten." if finish_erasing(db) else BUSY, err=True)
        return
    with opened_key(held) as names:
        seen = look(db, names).seal
    told = hide_names(db, key_path=str(held), actor=ACTOR, name=ACTOR, seen=seen)
    drop_anchor(place, path)
    click.echo(
        f"Hidden: {told['names']} names in {told['places']} places of {told['transcripts']} "
        f"transcripts and {told['written']} other texts. Earlier backups still hold them.",
        err=True,
    )
    if not told["erased"]:
        click.echo(BUSY, err=True)


def _row(names: Database, db: Database, row: Row) -> Row:
    told = {column: row[column] for column in COLUMNS if column in row}
    return {**told, "forms": ", ".join(row["forms"]), "hidden": reviewing.is_hidden(db, row)}


@click.command(name="pseudonym-key")
@click.argument("key")
@click.argument("what", type=click.Choice(["export", "delete", "bring"]))
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@click.pass_obj
def pseudonym_key(instance: str, key: str, what: str, file: str | None) -> None:
    """Export the key of names to a CSV FILE, delete it from here, or bring it back from FILE."""
    place = Instance.at(instance)
    db = open_study(place.study_path(key))
    if what != "delete" and not file:
        raise BadInput(f"Say which file, such as “coproduce pseudonym-key {key} {what} key.csv”.")
    with opened_key(place.key_path(key)) as names:
        if what == "bring":
            rows = key_file.read_exported(Path(str(file)).read_text("utf-8-sig"))
            many = key_file.take_back(names, db, rows)
        elif not (rows := key_file.hidden_rows(names, db)):
            raise BadInput("There is no key here: nothing is hidden, or it was moved away.")
        else:
            many = len({row["pseudonym"] for row in rows})
        if what == "export":
            _write(Path(str(file)), rows)
        _note(db, {"export": "exported", "delete": "deleted", "bring": "brought back"}[what])
        if what == "delete":
            key_file.forget_hidden(names, db)
    click.echo({"export": f"The key to {many} pseudonyms is in {file}.",
                "delete": f"The key to {many} pseudonyms is gone from here.",
                "bring": f"The key explains {many} pseudonyms again."}[what])  # fmt: skip


def _write(file: Path, rows: list[Row]) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadInput(f"{file.name} exists already; name another file.") from None
    except OSError as error:
        raise BadInput(f"{file.name} cannot be written ({error.strerror}).") from error
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as sheet:
        sheet.write(key_file.written(rows))


def _note(db: Database, use: str) -> None:
    with writing(db, ACTOR, f"key of names: {use}", kind="fixed"):
        revealing.note_use(db, areas.ensure_coder(db, ACTOR), use)


COMMANDS = [pseudonyms, pseudonym_key]
