"""Speakers and who came, on the command line."""

import click

from coding.composition import COLUMNS as COMPOSITION
from coding.composition import count_composition
from coding.consent import decisions
from coding.speakers import USES, list_speakers
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_rows

SPEAKERS = ["id", "name", "role", "group", "area", "turns", "words", "person", *USES]


@click.command()
@click.argument("key")
@format_option
@click.pass_obj
def speakers(instance: str, key: str, form: str) -> None:
    """List the speakers with their consent by use and their attributes."""
    db = open_study(Instance.at(instance).study_path(key))
    held, people = decisions(db), list_speakers(db)
    names = sorted({name for row in people for name in row["attributes"]})
    rows = [
        {
            **{name: row[name] for name in SPEAKERS if name in row},
            "person": row["person_id"],
            **held[row["id"]],
            **{name: row["attributes"].get(name) for name in names if name not in SPEAKERS},
        }
        for row in people
    ]
    print_rows(rows, SPEAKERS, form)


@click.command()
@click.argument("key")
@click.option("--attribute", help="Only this one; all where absent.")
@format_option
@click.pass_obj
def composition(instance: str, key: str, attribute: str | None, form: str) -> None:
    """Count each group's participants by the levels of their attributes, unknown shown."""
    db = open_study(Instance.at(instance).study_path(key))
    print_rows(count_composition(db, attribute), COMPOSITION, form)


COMMANDS = [speakers, composition]
