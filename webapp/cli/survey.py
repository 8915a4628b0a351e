"""A survey file into a wave of the study, on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from coding.errors import BadInput
from linkage.study import open_study

from ..instance import Instance
from .output import progress_line
from .studies import ACTOR
from .words import import_


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


COMMANDS: list[click.Command] = []
