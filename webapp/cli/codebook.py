"""The codebook on the command line: list, move and merge codes."""

import click
from sqlite_utils import Database

from coding import codebook as codebook_
from coding.checks import Row
from coding.codebook_closing import close_codebook, open_codebook
from coding.codebook_merging import merge_codes, plan_merge
from coding.codebook_moving import move_code
from coding.codebook_usage import usage
from coding.errors import BadInput, NotFound
from linkage.areas import ensure_coder
from linkage.codebook_versions import plain_codebook
from linkage.snapshots import find_snapshot
from linkage.study import open_study, writing

from ..instance import Instance
from .output import format_option, print_rows
from .studies import ACTOR

COLUMNS = ["id", "path", "codings", "transcripts", "groups", "speakers", "definition"]


@click.group(name="codebook", invoke_without_command=True)
@click.argument("key")
@click.pass_context
def codebook(context: click.Context, key: str) -> None:
    """List the codebook of a study KEY, or move or merge its codes."""
    context.obj = open_study(Instance.at(context.obj).study_path(key))
    if context.invoked_subcommand is None:
        _print(context.obj, "table")


@codebook.command(name="list")
@click.option("--version", help="The name of a snapshot; the codebook of now where left out.")
@format_option
@click.pass_obj
def list_(db: Database, version: str | None, form: str) -> None:
    """List the codes with how much each is used, nested codes included; or those of a version."""
    if version is None:
        _print(db, form)
    else:
        rows = plain_codebook(db, find_snapshot(db, version))
        print_rows(rows, ["id", "path", "codings", "definition"], form)


def _print(db: Database, form: str) -> None:
    used = usage(db)
    rows = [
        {**{name: row.get(name) for name in COLUMNS}, **vars(used[row["id"]])}
        for row in codebook_.codebook(db)
    ]
    print_rows(rows, COLUMNS, form)


@codebook.command()
@click.argument("code")
@click.option("--under", help="The code it goes under; at the top where left out.")
@click.option("--before", help="The neighbour it stands before; last where left out.")
@click.pass_obj
def move(db: Database, code: str, under: str | None, before: str | None) -> None:
    """Move a CODE, named by its number, name or path."""
    found = _find(db, code)
    parent = _find(db, under)["id"] if under else None
    neighbour = _find(db, before)["id"] if before else None
    with writing(db, ACTOR, f"move the code “{found['name']}”"):
        move_code(db, found["id"], parent, neighbour)
    click.echo(f"Moved “{found['name']}”.")


@codebook.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--into", required=True, help="The code that survives.")
@click.option("--dry-run", is_flag=True, help="Say what it would do; change nothing.")
@click.pass_obj
def merge(db: Database, codes: tuple[str, ...], into: str, dry_run: bool) -> None:
    """Merge CODES into one: definitions of all are joined, codings and memos kept."""
    target = _find(db, into)["id"]
    chosen = {target, *(_find(db, code)["id"] for code in codes)}
    plan = plan_merge(db, chosen, target)
    names = ", ".join(f"“{row['name']}”" for row in plan.gone)
    if not dry_run:
        texts = {field: plan.joined(field) for field in codebook_.TEXTS}
        with writing(db, ACTOR, f"merge {names} into “{plan.into['name']}”"):
            merge_codes(db, chosen, target, None, **texts)
    click.echo(
        f"{'Would merge' if dry_run else 'Merged'} {names} into “{plan.into['name']}”: "
        f"{len(plan.codings.moves)} moved, {len(plan.codings.doubles)} the same already."
    )


@codebook.command()
@click.option("--lift", is_flag=True, help="Let people change codes again; both stay on record.")
@click.pass_obj
def close(db: Database, lift: bool) -> None:
    """Close the codebook, so that no code can be changed, or open it again."""
    action = "open the codebook again" if lift else "close the codebook"
    with writing(db, ACTOR, action, kind="fixed"):
        (open_codebook if lift else close_codebook)(db, ensure_coder(db, ACTOR))
    click.echo("The codebook is open." if lift else "The codebook is closed.")


def _find(db: Database, named: str) -> Row:
    wanted = named.strip().casefold()
    rows = codebook_.codebook(db)
    for key in ("id", "path", "name"):
        found = [row for row in rows if str(row[key]).casefold() == wanted]
        if len(found) > 1:
            raise BadInput(f"There are {len(found)} codes “{named[:80]}”; name it by its number.")
        if found:
            return found[0]
    raise NotFound(f"There is no code “{named[:80]}” in this study.")


COMMANDS = [codebook]
