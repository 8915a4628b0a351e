"""The language model, reading the transcripts, and the study's own names on the command line."""

from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from coding import gazetteer as names
from coding import language as language_
from coding.errors import BadInput, NotFound
from coding.gazetteer_files import read_entries
from coding.transcripts import ordered
from linkage.areas import areas
from linkage.reading import read_transcripts
from linkage.study import open_study, writing

from ..instance import Instance
from .output import format_option, print_rows, progress_line
from .studies import ACTOR

Row = dict[str, Any]
TRANSCRIPTS = ["id", "title", "area", "state", "model"]
NAMES = ["name", "kind", "from"]
ACTIONS = ("list", "add", "remove", "load")


@click.command()
@click.argument("key")
@click.option("--read", is_flag=True, help="First parse and keep the transcripts that changed.")
@format_option
@click.pass_obj
def language(instance: str, key: str, read: bool, form: str) -> None:
    """Say which language model is used, and which transcripts are read with it as they stand."""
    db = open_study(Instance.at(instance).study_path(key))
    model = language_.installed_model()
    if read:
        read_transcripts(db, actor=ACTOR, progress=progress_line("Read"))
    vectors = "with word vectors" if model.vectors else "without word vectors"
    click.echo(f"Model: {model.label}, {vectors}. {model.advice or model.better}".strip(), err=True)
    print_rows(_states(db), TRANSCRIPTS, form)


def _states(db: Database) -> list[Row]:
    waiting, kept = set(language_.unparsed(db)), language_.kept_models(db)
    return [
        {
            "id": row["id"],
            "title": row["title"],
            "area": row["area"],
            "state": "to read" if row["id"] in waiting else "read",
            "model": kept.get(row["id"]) if row["id"] not in waiting else None,
        }
        for row in ordered(db)
    ]


@click.command()
@click.argument("key")
@click.argument("action", type=click.Choice(ACTIONS), default="list")
@click.argument("values", nargs=-1)
@click.option(
    "--kind",
    type=click.Choice([kind.lower() for kind in names.LABELS]),
    default="place",
    show_default=True,
    help="What the names are; in a file, those that say no kind.",
)
@format_option
@click.pass_obj
def gazetteer(
    instance: str, key: str, action: str, values: tuple[str, ...], kind: str, form: str
) -> None:
    """List the names a study knows; add or remove NAMEs, or load a FILE of them.

    A file has one name a line, or the columns name and kind (place, group, person).
    """
    db = open_study(Instance.at(instance).study_path(key))
    if action != "list" and not values:
        raise BadInput(f"Say what to {action}: {'a file' if action == 'load' else 'a name'}.")
    if action == "list" and values:
        raise BadInput("“list” takes no names; it lists them all.")
    if action != "list":
        with writing(db, ACTOR, f"{action} names of the gazetteer"):
            {"add": _add, "remove": _remove, "load": _load}[action](db, values, kind)
    listed = [
        {"name": row["name"], "kind": row["kind"].lower(), "from": "list"}
        for row in names.list_entries(db)
    ]
    known = [{"name": row["name"], "kind": "place", "from": "area"} for row in areas(db)]
    print_rows([*known, *listed], NAMES, form)


def _add(db: Database, values: tuple[str, ...], kind: str) -> None:
    for name in values:
        names.add_entry(db, name, kind)


def _remove(db: Database, values: tuple[str, ...], kind: str) -> None:
    held = {row["name"].lower(): row["id"] for row in names.list_entries(db)}
    for name in values:
        if name.lower() not in held:
            raise NotFound(f"“{name[:80]}” is not on the list; an area’s name comes with the area.")
        names.remove_entry(db, held.pop(name.lower()))


def _load(db: Database, values: tuple[str, ...], kind: str) -> None:
    for value in values:
        try:
            text = Path(value).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise BadInput(f"{Path(value).name} is not UTF-8 text; save it as CSV UTF-8.") from None
        except OSError as error:
            raise BadInput(f"{Path(value).name} cannot be read ({error.strerror}).") from error
        names.add_entries(db, read_entries(text, kind))


COMMANDS: list[click.Command] = [language, gazetteer]
