"""Studies, their areas and issues."""

import click

from linkage import areas, freezing
from linkage.check import check_study
from linkage.resealing import notes
from linkage.study import open_study, writing

from ..anchors import anchors_of
from ..instance import Instance
from .output import format_option, print_rows

ACTOR = "command line"


@click.group()
def study() -> None:
    """Make, list and check studies."""


@study.command()
@click.argument("key")
@click.option("--name", required=True, help="The study's name as people read it.")
@click.pass_obj
def new(instance: str, key: str, name: str) -> None:
    """Make an empty study."""
    place = Instance.at(instance)
    place.new_study(key, name)
    place.close()
    click.echo(f"Study “{key}” is made.")


@study.command(name="list")
@click.option("--archived", is_flag=True, help="List the archived ones instead.")
@format_option
@click.pass_obj
def list_(instance: str, archived: bool, form: str) -> None:
    """List the studies of this instance."""
    place = Instance.at(instance)
    listed = [row for row in place.catalogue.studies() if bool(row["archived_at"]) == archived]
    rows = [{"key": row["key"], "name": row["name"]} for row in listed]
    place.close()
    print_rows(rows, ["key", "name"], form)


@study.command()
@click.argument("key")
@click.pass_obj
def check(instance: str, key: str) -> None:
    """Check a study file: SQLite, references, the history's chain, every quote."""
    place = Instance.at(instance)
    db = open_study(place.study_path(key))
    problems = check_study(db, anchors_of(place, key))
    for sentence in notes(db):
        click.echo(sentence)
    place.close()
    for sentence in problems:
        click.echo(sentence)
    if problems:
        raise click.exceptions.Exit(1)
    click.echo("All is well: file, references, history and quotes.")


@study.command()
@click.argument("key")
@click.option("--lift", is_flag=True, help="Let people code again; both stay on record.")
@click.pass_obj
def freeze(instance: str, key: str, lift: bool) -> None:
    """Freeze codebook and codings under a hash, or lift the freeze."""
    db = open_study(Instance.at(instance).study_path(key))
    with writing(db, ACTOR, "lift the freeze" if lift else "freeze the coding", kind="fixed"):
        coder_id = areas.ensure_coder(db, ACTOR)
        (freezing.lift_freeze if lift else freezing.freeze)(db, coder_id)
    held = freezing.frozen(db)
    click.echo(f"Frozen: sha256 {held['coding_sha256']}." if held else "The freeze is lifted.")


@click.group()
def area() -> None:
    """The areas of a study."""


@area.command(name="add")
@click.argument("key")
@click.argument("area_key", metavar="AREA")
@click.option("--name", required=True)
@click.option("--kind", default="", help="For example: rural area.")
@click.pass_obj
def add_area(instance: str, key: str, area_key: str, name: str, kind: str) -> None:
    """Add an area to a study."""
    db = open_study(Instance.at(instance).study_path(key))
    with writing(db, ACTOR, f"add area {name}"):
        areas.add_area(db, area_key, name, kind)


@click.group()
def issue() -> None:
    """The issues of a study."""


@issue.command(name="add")
@click.argument("key")
@click.argument("issue_key", metavar="ISSUE")
@click.option("--name", required=True)
@click.pass_obj
def add_issue(instance: str, key: str, issue_key: str, name: str) -> None:
    """Add an issue to a study."""
    db = open_study(Instance.at(instance).study_path(key))
    with writing(db, ACTOR, f"add issue {name}"):
        areas.add_issue(db, issue_key, name)


COMMANDS = [area, issue]
