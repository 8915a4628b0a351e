"""Allocation of a wave on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coding.errors import BadInput
from linkage.study import open_study, writing

from ..instance import Instance
from ..version import VERSION
from .output import format_option, print_frame, print_rows
from .studies import ACTOR

if TYPE_CHECKING:
    from linkage.allocating import Drawn

ARMS = "none,A,B,A+B"
RECEIPTS = [
    "batch", "respondents", "allocated_on", "within", "cluster", "arms", "shares", "seed",
    "frame_sha256", "result_sha256",
]  # fmt: skip


@click.command()
@click.argument("key")
@click.argument("frame", type=click.Path(path_type=Path))
@click.option("--wave", required=True)
@click.option("--within", help="Columns of the frame that make the blocks, with commas.")
@click.option("--arms", help=f"The control first.  [default: {ARMS}]")
@click.option("--seed", required=True, type=click.IntRange(0), help="Kept in the receipt.")
@click.option("--on", "day", metavar="YYYY-MM-DD", help="Day of the allocation; default: today.")
@click.option("--cluster", help="Column of what is allocated whole, such as the household.")
@click.option("--shares", help="Unequal arms: none:2,A:1,B:1,A+B:1.")
@click.option("--add", is_flag=True, help="Add respondents who came late to an allocated wave.")
@click.option("--balance", metavar="COL[,COL]", help="Columns whose balance is kept and printed.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def allocate(
    instance: str, /, key: str, frame: Path, day: str | None, out: Path, **told: Any
) -> None:
    """Assign the respondents of a sampling frame to arms at random, within blocks.

    Additions (--add) are a batch of their own, with the blocks, arms, clusters and shares of the
    first batch where none are given. Only the columns named are read into the study.

    The ids in the file written are exactly those of the frame, so that a survey tool finds its
    respondents: a spreadsheet may run an id that begins with =, +, - or @ as a formula.
    """
    from analysis.survey_files import read_survey
    from linkage.allocating import draw, store

    asked = _asked(_day(day), told)
    db = open_study(Instance.at(instance).study_path(key))
    with _new_file(out) as write:
        drawn = draw(db, read_survey(frame).frame, asked)
        action = f"{'add respondents to' if asked.add else 'allocate'} wave {asked.wave}"
        # All that can fail stands before the commit: what is allocated stays so.
        with writing(db, ACTOR, action, kind="fixed"):
            store(db, drawn)
            write(drawn.allocated.to_csv(index=False))
    _print(drawn, out)


def _asked(day: date | None, told: dict[str, Any]) -> Any:
    from analysis.allocation.receipt import parse_shares
    from linkage.allocating import Asked

    add = told["add"]
    if not (told["within"] or add):
        raise BadInput("Say within which columns to allocate: --within area.")
    arms = tuple(_parts(told["arms"] or ("" if add else ARMS)))
    if told["shares"] and add and not arms:
        raise BadInput("Give --arms with --shares, so that it is clear whose shares they are.")
    return Asked(
        told["wave"], tuple(_parts(told["within"])), arms, told["seed"], day,
        told["cluster"] or "", parse_shares(told["shares"] or "", arms),
        tuple(_parts(told["balance"])), add,
    )  # fmt: skip


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in text.split(",")] if text else []


def _print(drawn: Drawn, out: Path) -> None:
    units = drawn.allocated
    if drawn.receipt.cluster:
        units = units.drop_duplicates("cluster")
    counts = units.groupby(["block", "arm"], sort=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(drawn.receipt.arms), fill_value=0)
    print_frame(counts.reset_index(), "table")
    if drawn.balance:
        from analysis.balance import from_kept

        p = from_kept(drawn.balance)[1].iloc[-1]
        click.echo(
            f"Balance: p = {p['p_randomisation']:.3f} of all covariates and arms together "
            f"({p['draws']:,} draws); “coproduce allocation balance” prints the table."
        )
    counted = f"{len(drawn.allocated):,} respondents are allocated"
    if drawn.receipt.batch > 1:
        counted += f" in batch {drawn.receipt.batch}"
    click.echo(f"{counted}; {out.name} says who has which arm.")


@contextmanager
def _new_file(path: Path) -> Iterator[Callable[[str | bytes], object]]:
    """Make a new file and yield what writes it; it is removed again where anything fails."""
    if not path.resolve().parent.is_dir():
        raise BadInput(f"There is no folder {path.parent} to write {path.name} into.")
    try:
        path.touch(exist_ok=False)
    except FileExistsError as error:
        raise BadInput(
            f"{path.name} exists already; name another file for the allocation."
        ) from error
    except OSError as error:
        raise BadInput(f"{path.name[:80]} cannot be written ({error.strerror}).") from error
    try:
        yield lambda told: path.write_bytes(told.encode() if isinstance(told, str) else told)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"“{text}” is not a date; write it as 2025-05-12.") from error


@click.group()
def allocation() -> None:
    """Receipts, balance and files of an allocated wave."""


@allocation.command("receipts")
@click.argument("key")
@click.option("--wave", help="Default: the latest with answers, or the latest.")
@format_option
@click.pass_obj
def receipts(instance: str, key: str, wave: str | None, form: str) -> None:
    """Print the receipt of each batch of a wave."""
    from analysis.stored_allocation import find_receipts
    from linkage.waves import find_wave_id

    db = open_study(Instance.at(instance).study_path(key))
    rows = find_receipts(db, find_wave_id(db, wave))
    told = [{n: _joined(row[n]) if form != "json" else row[n] for n in RECEIPTS} for row in rows]
    print_rows(told, RECEIPTS, form)


def _joined(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


@allocation.command("check")
@click.argument("key")
@click.argument("frame", type=click.Path(path_type=Path))
@click.option("--wave", required=True)
@click.option("--batch", type=click.IntRange(1), help="Default: whichever batch the frame was of.")
@click.pass_obj
def check(instance: str, key: str, frame: Path, wave: str, batch: int | None) -> None:
    """Allocate a frame again by the stored receipt and compare; nothing is stored.

    Ends with 1 where something differs.
    """
    from analysis.survey_files import read_survey
    from linkage.allocating import check_allocation

    db = open_study(Instance.at(instance).study_path(key))
    receipt, problems = check_allocation(db, wave, read_survey(frame).frame, batch)
    for problem in problems:
        click.echo(f"Batch {receipt['batch']}: {problem}")
    if problems:
        click.get_current_context().exit(1)
    click.echo(
        f"The receipt of batch {receipt['batch']} holds: {receipt['respondents']:,} respondents, "
        f"allocation sha256 {receipt['result_sha256']}."
    )


@allocation.command("balance")
@click.argument("key")
@click.option("--wave", help="Default: the latest.")
@click.option("--basis", help="frame1, frame2, … by batch, or answers; default: the first there.")
@click.option("--test", is_flag=True, help="The omnibus tests instead of the differences.")
@format_option
@click.pass_obj
def balance(
    instance: str, key: str, wave: str | None, basis: str | None, test: bool, form: str
) -> None:
    """Print how the arms compare before the nudge, by area and pooled."""
    from ..pages.balance.viewing import find_view

    db = open_study(Instance.at(instance).study_path(key))
    view = find_view(db, {"wave": wave or "", "basis": basis or ""})
    if view is None:
        raise BadInput("There is no balance to look at yet: no columns were named, no answers are.")
    for note in view.notes:
        click.echo(note, err=True)
    print_frame(view.tests if test else view.table, form)


@allocation.command("files")
@click.argument("key")
@click.option("--wave", required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def files(instance: str, key: str, wave: str, out: Path) -> None:
    """Write one file an arm, by respondent id, with the texts to be shown, as a zip."""
    from linkage.allocating import arm_files

    db = open_study(Instance.at(instance).study_path(key))
    with _new_file(out) as write:
        write(arm_files(db, wave, VERSION))
    click.echo(f"{out.name} holds a file an arm.")


COMMANDS = [allocate, allocation]
