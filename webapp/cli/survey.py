"""A survey file into a wave of the study, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coding.errors import BadInput
from linkage.study import open_study
from linkage.survey import compare_survey

from ..instance import Instance
from .output import format_option, print_frame, progress_line
from .studies import ACTOR
from .words import import_

if TYPE_CHECKING:
    from analysis.comparing import Difference


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
@click.option("--compare", is_flag=True, help="Show what would change, and store nothing.")
@format_option
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
    compare: bool,
    form: str,
) -> None:
    """Import a survey file (csv, xlsx, sav, zsav, por, dta) with its mapping.

    \b
    Besides key, column, issue, measure, scale, asked, refers_to, missing and values, an [[outcome]]
    of the mapping may say:
      low = 1, high = 5            the ends of its scale
      reverse = true               turn it round (needs low and high)
      labels = { 1 = "Never" }     what codes mean, where the file does not say
      missing = { 9 = "Refused" }  codes of no answer with their words
    and an outcome may be worked out from others:
      [[derived]]
      key = "hours_balance"
      rule = "difference"          or sum, any, share
      of = ["hours_with_others", "hours_alone"]
    duration = "seconds" names the time taken, for the quality of answers.
    """
    from linkage.survey import import_survey as import_file

    db = open_study(Instance.at(instance).study_path(key))
    if compare:
        found = compare_survey(db, wave, file, _text(mapping), area=area, create_areas=create_areas)
        _print_difference(found, form)
        return
    report = import_file(
        db,
        wave_key=wave,
        path=file,
        mapping_toml=_text(mapping),
        actor=ACTOR,
        area=area,
        create_areas=create_areas,
        replace=replace,
        progress=progress_line("Storing"),
    )
    rows = report["rows"]
    click.echo("1 respondent is stored." if rows == 1 else f"{rows:,} respondents are stored.")
    for sentence in report["report"]:
        click.echo(f"- {sentence}")


def _print_difference(found: Difference | None, form: str) -> None:
    if found is None:
        click.echo("This wave has no answers yet, so nothing would be replaced.", err=True)
        return
    click.echo(f"{'Nothing would change' if found.none else found}.", err=True)
    if form != "table":
        print_frame(found.items, form)
    elif not found.none:
        print_frame(found.items, form)
        click.echo("\nSome of those who answer otherwise:")
        print_frame(found.examples, form)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput(f"There is no file {path.name}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The mapping {path.name} cannot be read as text.") from error


COMMANDS: list[click.Command] = []
