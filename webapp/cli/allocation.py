"""Allocation of a wave on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coding.errors import BadInput
from linkage.study import open_study, writing

from ..instance import Instance
from .output import print_frame
from .studies import ACTOR

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@click.argument("key")
@click.argument("frame", type=click.Path(path_type=Path))
@click.option("--wave", required=True)
@click.option(
    "--within", required=True, help="Columns of the frame that make the blocks, with commas."
)
@click.option("--arms", default="none,A,B,A+B", show_default=True, help="The control first.")
@click.option("--seed", required=True, type=click.IntRange(0), help="Kept in the receipt.")
@click.option("--on", "day", metavar="YYYY-MM-DD", help="Day of the allocation; default: today.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def allocate(
    instance: str,
    key: str,
    frame: Path,
    wave: str,
    within: str,
    arms: str,
    seed: int,
    day: str | None,
    out: Path,
) -> None:
    """Assign the respondents of a sampling frame to arms at random, within blocks.

    The ids in the file written are exactly those of the frame, so that a survey tool finds its
    respondents: a spreadsheet may run an id that begins with =, +, - or @ as a formula.
    """
    from analysis.survey_files import read_survey
    from linkage.waves import allocate_wave

    db = open_study(Instance.at(instance).study_path(key))
    table, names = read_survey(frame).frame, _parts(arms)
    with _new_file(out) as write, writing(db, ACTOR, f"allocate wave {wave}", kind="fixed"):
        # All that can fail stands before the commit: a wave is allocated once.
        allocated = allocate_wave(db, wave, table, _parts(within), names, seed, _day(day))
        counts = _counts(allocated, names)
        write(allocated.to_csv(index=False))
    print_frame(counts, "table")
    click.echo(f"{len(allocated):,} respondents are allocated; {out.name} says who has which arm.")


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _counts(allocated: pd.DataFrame, arms: list[str]) -> pd.DataFrame:
    counts = allocated.groupby(["block", "arm"], sort=False).size().unstack(fill_value=0)
    return counts.reindex(columns=arms, fill_value=0).reset_index()


@contextmanager
def _new_file(path: Path) -> Iterator[Callable[[str], object]]:
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
        yield lambda text: path.write_text(text, encoding="utf-8", newline="")
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"“{text}” is not a date; write it as 2025-05-12.") from error


COMMANDS = [allocate]
