"""Memos on the command line."""

import click

from coding.codebook import codebook
from coding.errors import BadInput
from coding.memos import OBJECTS, TYPES, find_memos
from coding.sifting import sift_memos
from linkage.areas import coders
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_sifted

COLUMNS = [
    "id", "created_at", "coder", "type", "title", "text", "on", "code", "transcript", "turn",
    "speaker", "quote", "consent",
]  # fmt: skip


@click.command()
@click.argument("key")
@click.option("--on", type=click.Choice(OBJECTS), help="What kind of thing they are on.")
@click.option("--type", "kind", type=click.Choice(TYPES))
@click.option("--code", help="Its name: memos on the code and on its codings.")
@click.option("--coder", help="Who wrote them.")
@click.option("--text", default="", help="Words that stand in them.")
@click.option("--since", metavar="YYYY-MM-DD")
@click.option("--until", metavar="YYYY-MM-DD")
@click.option("--journal", is_flag=True, help="Those on the study itself, oldest first.")
@format_option
@click.pass_obj
def memos(
    instance: str,
    key: str,
    on: str | None,
    kind: str | None,
    code: str | None,
    coder: str | None,
    text: str,
    since: str | None,
    until: str | None,
    journal: bool,
    form: str,
) -> None:
    """List the memos of a study, newest first, as consent to publication lets them go."""
    db = open_study(Instance.at(instance).study_path(key))
    rows = find_memos(
        db,
        text=text,
        type=kind or "",
        on="study" if journal else on or "",
        coder_id=_named(coders(db), coder, "coder"),
        since=since,
        until=until,
        code_id=_named(codebook(db), code, "code"),
    )
    found = sift_memos(db, rows[::-1] if journal else rows, "publication")
    found.rows = [{name: row[name] for name in COLUMNS} for row in found.rows]
    print_sifted(found, COLUMNS, form)


def _named(rows: list[dict[str, object]], name: str | None, what: str) -> int | None:
    if name is None:
        return None
    found = [row["id"] for row in rows if str(row["name"]).casefold() == name.casefold()]
    if not found:
        there = ", ".join(str(row["name"]) for row in rows) or "none yet"
        raise BadInput(f"There is no {what} “{name}”; there are: {there}.")
    return int(str(found[0]))


COMMANDS = [memos]
