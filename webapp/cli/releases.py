"""What has left the study, on the command line."""

import click

from linkage.releases import list_releases, threshold_of
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_rows

COLUMNS = [
    "id", "released_at", "released_by", "what", "title", "form", "cells", "hidden", "reasons",
    "threshold", "table_sha256", "withdrawn_at", "withdrawn_because",
]  # fmt: skip
BRIEF = ["id", "released_at", "released_by", "what", "form", "cells", "hidden", "reasons"]


@click.command()
@click.argument("key")
@click.option("--text", default="", help="Words that stand in kind, title, person, date or hash.")
@format_option
@click.pass_obj
def releases(instance: str, key: str, text: str, form: str) -> None:
    """List the tables of respondents that have left a study, and what was suppressed in them."""
    db = open_study(Instance.at(instance).study_path(key))
    columns = BRIEF if form == "table" else COLUMNS
    rows = [{**row, "reasons": _words(row["reasons"])} for row in list_releases(db, text)]
    if form == "table":
        click.echo(f"Threshold: {threshold_of(db)} respondents.")
    print_rows([{name: row[name] for name in columns} for row in rows], columns, form)


def _words(reasons: dict[str, int]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))


COMMANDS = [releases]
