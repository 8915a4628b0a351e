"""What was asked in a wave, and how well it was answered, on the command line."""

from __future__ import annotations

from pathlib import Path

import click
from sqlite_utils import Database

from coding.errors import BadInput
from linkage.areas import coders
from linkage.history import check_not_archived
from linkage.study import open_study, writing
from linkage.waves import find_wave_id

from ..instance import Instance
from .output import format_option, print_frame, print_rows
from .studies import ACTOR

wave_option = click.option("--wave", help="Default: the latest with answers.")
IMPORTS = ["file_name", "rows", "imported_at", "imported_by", "replaced_at", "replaced_by",
           "new", "gone", "changed", "file_sha256"]  # fmt: skip


@click.command()
@click.argument("key")
@wave_option
@format_option
@click.pass_obj
def dictionary(instance: str, key: str, wave: str | None, form: str) -> None:
    """Show the data dictionary: each item, what its values mean, counts, and missing by reason."""
    from linkage.survey.answering import dictionary as describe

    frame = describe(_study(instance, key), wave)
    if form == "table":
        brief = ["key", "role", "issue", "scale", "direction", "kind", "value", "label"]
        frame = frame[[*brief, "respondents", "base", "share"]]
    print_frame(frame, form)


@click.command()
@click.argument("key")
@wave_option
@format_option
@click.pass_obj
def quality(instance: str, key: str, wave: str | None, form: str) -> None:
    """Show how well a wave was answered: partial answers, straight lines, doubles, odd values."""
    from linkage.survey.answering import missing_by_item
    from linkage.survey.answering import quality as checks

    db = _study(instance, key)
    print_frame(checks(db, wave), form)
    if form == "table":
        click.echo("\nMissing answers by item:")
        print_frame(missing_by_item(db, wave), form)


@click.command()
@click.argument("key")
@wave_option
@click.option("--item", help="Whose answers are counted; default: the first.")
@format_option
@click.pass_obj
def response_rates(instance: str, key: str, wave: str | None, item: str | None, form: str) -> None:
    """Show allocated, responded and answered by area and arm, and whether the arms differ."""
    from linkage.survey.answering import response

    found = response(_study(instance, key), wave, item)
    print_frame(found.rates, form)
    for note in found.notes:
        click.echo(f"! {note}", err=form != "table")
    if form == "table":
        click.echo(f"\nDo the arms differ? (item: {found.item.key})")
        print_frame(found.tests, form)


@click.command()
@click.argument("key")
@wave_option
@format_option
@click.pass_obj
def imports(instance: str, key: str, wave: str | None, form: str) -> None:
    """List a wave's imports, those that were replaced too: what, when, by whom, the file's hash."""
    from analysis.replaced_imports import replaced_imports
    from analysis.responses import find_import

    db = _study(instance, key)
    wave_id = find_wave_id(db, wave)
    now = find_import(db, wave_id)
    replaced = [{**row, **row["difference"]} for row in replaced_imports(db, wave_id)]
    names = {row["guid"]: row["name"] for row in coders(db)}
    rows = [
        {name: row.get(name) for name in IMPORTS} for row in [*([now] if now else []), *replaced]
    ]
    for row in rows:
        row |= {by: names.get(row[by], row[by]) for by in ("imported_by", "replaced_by")}
    print_rows(rows, IMPORTS, form)


@click.command()
@click.argument("key")
@click.option("--add", type=click.Path(path_type=Path), help="A file of ids, one a line.")
@click.option("--remove", type=click.Path(path_type=Path), help="A file of ids, one a line.")
@format_option
@click.pass_obj
def group_members(
    instance: str, key: str, add: Path | None, remove: Path | None, form: str
) -> None:
    """List the respondents who sat in a focus group, or change that restricted list."""
    from analysis import group_members as listed

    db = _study(instance, key)
    if add:
        ids = listed.read_ids(_text(add))
        with writing(db, ACTOR, "add to the list of group members", kind="fixed"):
            check_not_archived(db)
            count = listed.add_members(db, ids, ACTOR)
        click.echo(f"{count:,} of {len(ids):,} are new on the list.", err=True)
    if remove:
        ids = listed.read_ids(_text(remove))
        with writing(db, ACTOR, "take from the list of group members", kind="fixed"):
            check_not_archived(db)
            count = listed.remove_members(db, ids)
        click.echo(f"{count:,} of {len(ids):,} were on the list and are off it.", err=True)
    print_rows(listed.list_members(db), ["respondent", "added_at", "added_by", "removed_at"], form)


def _study(instance: str, key: str) -> Database:
    return open_study(Instance.at(instance).study_path(key))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput(f"There is no file {path.name}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The list {path.name} cannot be read as text.") from error


COMMANDS: list[click.Command] = [dictionary, quality, response_rates, imports, group_members]
