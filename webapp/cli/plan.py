"""The plan of a wave on the command line: shown, drafted, loaded, frozen, amended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas, plans
from linkage.study import open_study, writing

from ..instance import Instance
from .output import format_option, print_rows
from .studies import ACTOR

Row = dict[str, Any]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
WIDE = 25
ACTIONS = ("draft", "load", "freeze", "seen", "versions", "toml")
VERSION = ["version", "frozen_at", "frozen_by", "plan_sha256", "reason", "after_answers",
           "after_results"]  # fmt: skip


@click.command()
@click.argument("key")
@click.option("--wave", help="Default: the latest.")
@click.option("--draft", is_flag=True, help="Store a first draft made from what is there.")
@click.option("--from", "source", metavar="SOURCE",
              help="With --draft: answers, allocation, study, or wave:KEY.")  # fmt: skip
@click.option("--load", type=FILE, metavar="FILE.toml", help="Store a plan from a file as draft.")
@click.option("--amend", "reason", default="", metavar="REASON",
              help="With --load: why the frozen plan is amended.")  # fmt: skip
@click.option("--freeze", is_flag=True, help="Freeze the draft; it never changes again.")
@click.option("--seen", is_flag=True, help="List who saw results of the wave, and when first.")
@click.option("--versions", is_flag=True, help="List the versions with hash and time.")
@click.option("--toml", is_flag=True, help="Print the plan as TOML, which --load takes.")
@format_option
@click.pass_obj
def plan(
    instance: str, key: str, wave: str | None, source: str | None, load: Path | None,
    reason: str, form: str, draft: bool, freeze: bool, seen: bool, versions: bool, toml: bool,
) -> None:  # fmt: skip
    """Show the plan of a wave: what will be estimated, said before anybody sees results.

    Shows the draft where there is one, else the frozen plan. One action at a time.
    """
    asked = zip(ACTIONS, (draft, load, freeze, seen, versions, toml), strict=True)
    chosen = [name for name, given in asked if given]
    if len(chosen) > 1:
        raise click.UsageError(f"--{chosen[0]} and --{chosen[1]} do not go together")
    if reason and not load:
        raise click.UsageError("--amend goes with --load")
    db = open_study(Instance.at(instance).study_path(key))
    action = chosen[0] if chosen else "show"
    DOES[action](db, _wave(db, wave), form, source=source, load=load, reason=reason)


def _wave(db: Database, key: str | None) -> Row:
    waves = areas.waves(db)
    if key is not None:
        return areas.find_wave(db, key)
    if not waves:
        raise BadInput("This study has no wave yet, so there is no plan.")
    return waves[-1]


def _show(db: Database, wave: Row, form: str, **_: Any) -> None:
    row = _current(db, wave)
    state = f"frozen {row['frozen_at']}" if row["frozen_at"] else "draft"
    told = {"wave": wave["key"], "version": str(row["version"]), "state": state,
            "hash": row["plan_sha256"] or ""}  # fmt: skip
    labels = {**plans.LABELS, "hash": "SHA-256"}
    rows = [
        {"part": labels.get(name, name.capitalize()), "says": said}
        for name, said in {**told, **plans.sections(row["plan"])}.items()
    ]
    if form == "table":  # a table would cut what a plan says
        for entry in rows:
            said = entry["says"].replace("\n", "\n" + " " * WIDE)
            click.echo(f"{entry['part']:<{WIDE}}{said}")
    else:
        print_rows(rows, ["part", "says"], form)
    for sentence in plans.misfits(db, wave["id"], row["plan"]):
        click.echo(f"! {sentence}", err=True)


def _current(db: Database, wave: Row) -> Row:
    row = plans.draft_of(db, wave["id"]) or plans.frozen_plan(db, wave["id"])
    if row is None:
        raise BadInput(f"{wave['name']} has no plan yet; make one with --draft or --load.")
    return row


def _toml(db: Database, wave: Row, form: str, **_: Any) -> None:
    from analysis.plan.toml import to_toml

    click.echo(to_toml(_current(db, wave)["plan"]), nl=False)


def _draft(db: Database, wave: Row, form: str, *, source: str | None, **_: Any) -> None:
    if plans.versions(db, wave["id"]):
        raise BadInput(f"{wave['name']} has a plan already; change it with --toml and --load.")
    _store(db, wave, plans.propose(db, wave["id"], source), "")


def _load(db: Database, wave: Row, form: str, *, load: Path, reason: str, **_: Any) -> None:
    from analysis.plan.toml import from_toml

    try:
        text = load.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{load.name} is not text in UTF-8.") from None
    _store(db, wave, from_toml(text), reason)


def _store(db: Database, wave: Row, read: Any, reason: str) -> None:
    draft = plans.draft_of(db, wave["id"])
    reason = reason or (draft["reason"] if draft else "")
    with writing(db, ACTOR, f"write the plan of {wave['name']}"):
        version = plans.save_draft(db, wave["id"], read, reason=reason)
    click.echo(f"Version {version} is stored as a draft; --freeze makes it count.")
    for sentence in plans.misfits(db, wave["id"], read):
        click.echo(f"! {sentence}", err=True)


def _freeze(db: Database, wave: Row, form: str, **_: Any) -> None:
    with writing(db, ACTOR, f"freeze the plan of {wave['name']}", kind="fixed"):
        digest = plans.freeze_plan(db, wave["id"], areas.ensure_coder(db, ACTOR))
    click.echo(digest)


def _seen(db: Database, wave: Row, form: str, **_: Any) -> None:
    print_rows(plans.who_saw(db, wave["id"]), ["name", "what", "seen_at"], form)


def _versions(db: Database, wave: Row, form: str, **_: Any) -> None:
    rows = [
        {
            "version": row["version"],
            "frozen_at": row["frozen_at"],
            "frozen_by": row["frozen_by_name"],
            "plan_sha256": row["plan_sha256"],
            "reason": row["reason"],
            "after_answers": bool(row["answered_at"]),
            "after_results": bool(row["results_seen_at"]),
        }
        for row in plans.versions(db, wave["id"])
    ]
    print_rows(rows, VERSION, form)


DOES: dict[str, Callable[..., None]] = {
    "show": _show,
    "draft": _draft,
    "load": _load,
    "freeze": _freeze,
    "seen": _seen,
    "versions": _versions,
    "toml": _toml,
}
COMMANDS: list[click.Command] = [plan]
