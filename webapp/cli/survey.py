"""Allocation, survey, effects and the joint display on the command line."""

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
from .output import format_option, print_frame, progress_line
from .studies import ACTOR
from .words import import_

if TYPE_CHECKING:
    import pandas as pd


@import_.command(name="survey")
@click.argument("key")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping", required=True, type=click.Path(path_type=Path), help="TOML: which column is what."
)
@click.option("--wave", help="Default: the only wave.")
@click.option("--area", help="The whole file is this area.")
@click.option("--create-areas", is_flag=True, help="Add areas and issues that are new.")
@click.option("--replace", is_flag=True, help="Replace answers that the wave has already.")
@click.pass_obj
def import_survey(
    instance: str,
    key: str,
    file: Path,
    mapping: Path,
    wave: str | None,
    area: str | None,
    create_areas: bool,
    replace: bool,
) -> None:
    """Import a survey file (csv, xlsx, sav, zsav, por, dta) with its mapping."""
    from linkage.survey import import_survey as import_file

    report = import_file(
        open_study(Instance.at(instance).study_path(key)),
        wave_key=wave,
        path=file,
        mapping_toml=_text(mapping),
        actor=ACTOR,
        area=area,
        create_areas=create_areas,
        replace=replace,
        progress=progress_line("Storing"),
    )
    click.echo(f"{report['rows']:,} respondents are stored.")
    for sentence in report["report"]:
        click.echo(f"- {sentence}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The mapping {path.name} cannot be read as text.") from error


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


@click.command()
@click.argument("key")
@click.option("--wave")
@click.option("--outcome")
@click.option("--by", type=click.Choice(["area", "pooled"]), help="Default: both.")
@click.option(
    "--draws",
    type=click.IntRange(0, 1_000_000),
    default=10_000,
    show_default=True,
    help="Of randomisation inference; 0: none.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Of the draws.")
@format_option
@click.pass_obj
def effects(
    instance: str,
    key: str,
    wave: str | None,
    outcome: str | None,
    by: str | None,
    draws: int,
    seed: int,
    form: str,
) -> None:
    """Show the effects of the nudges with their intervals, per area and pooled."""
    from analysis.responses import weight_note
    from linkage.survey import effects as estimate
    from linkage.waves import find_wave_id

    db = open_study(Instance.at(instance).study_path(key))
    frame = estimate(db, wave, outcome, by, draws, seed)
    if note := weight_note(db, find_wave_id(db, wave)):
        click.echo(f"! {note}", err=form != "table")
    if form == "table":
        brief = ["area", "outcome", "contrast", "estimate", "ci_low", "ci_high", "std_error", "df"]
        sizes = [name for name in frame.columns if name.startswith("n_")]
        frame = frame[[*brief, "p_value", "p_randomisation", *sizes, "note", "dropped_areas"]]
    print_frame(frame, form)


@click.command()
@click.argument("key")
@click.option("--wave")
@click.option("--outcome")
@click.option("--contrast")
@click.option("--within-issue", is_flag=True, help="Count only talk about the outcome's issue.")
@format_option
@click.pass_obj
def joint(
    instance: str,
    key: str,
    wave: str | None,
    outcome: str | None,
    contrast: str | None,
    within_issue: bool,
    form: str,
) -> None:
    """Set each theme's prevalence beside the effect, area by area, with the caveats that apply."""
    print_joint(instance, key, wave, outcome, contrast, form, within_issue)


def print_joint(
    instance: str,
    key: str,
    wave: str | None = None,
    outcome: str | None = None,
    contrast: str | None = None,
    form: str = "table",
    within_issue: bool = False,
) -> None:
    """Print the joint display of a study; caveats go to stderr where the table is for machines."""
    from coding.codings import list_codings
    from coding.consent import sift
    from linkage.areas import study_row
    from linkage.caveats import caveats
    from linkage.joint import joint_display

    db = open_study(Instance.at(instance).study_path(key))
    display = joint_display(db, wave, outcome, contrast, within_issue)
    study = study_row(db)
    aside = form != "table"
    click.echo(f"{study['name']}. {study['notice']}".strip(), err=aside)
    for caveat in caveats(db, wave, display):
        click.echo(f"! {caveat.text}", err=aside)
    if form == "table":
        display = display[[
            "theme", "area", "speakers", "denominator", "groups", "groups_total", "quote",
            "outcome", "contrast", "estimate", "ci_low", "ci_high", "n",
            *(["note"] if display["note"].any() else []),
        ]]  # fmt: skip
    print_frame(display, form)
    if left_out := sift(db, list_codings(db), "publication").sentence:
        click.echo(f"Not to choose from: {left_out}", err=True)


COMMANDS = [allocate, effects, joint]
