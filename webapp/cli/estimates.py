"""Estimators beside the differences in means, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_frame

WHAT = (
    "sensitivity", "ordinal", "shares", "hours", "hours-distribution", "balance-of-acting",
    "means", "missing",
)  # fmt: skip
# What a table for eyes leaves out; csv and json have everything.
LONG = ("wave", "issue", "measure", "scale", "adjusted", "estimand", "smallest_cell", "df_method")


def _chosen(command: Any) -> Any:
    for option in (
        click.pass_obj,
        click.option("--contrast", help="The plan's primary one where absent."),
        click.option("--outcome", help="The plan's first primary one where absent."),
        click.option("--wave", help="The latest with answers where absent."),
        click.argument("key"),
    ):
        command = option(command)
    return command


@click.command()
@click.option("--what", type=click.Choice(WHAT), default="sensitivity", show_default=True)
@click.option("--area", help="One area's key, or “pooled”; all where absent.")
@format_option
@_chosen
def estimates(
    instance: str, key: str, wave: str | None, outcome: str | None, contrast: str | None,
    what: str, area: str | None, form: str,
) -> None:  # fmt: skip
    """Estimate an outcome by other estimators, beside its difference in means.

    Sensitivity: every estimator of one contrast. Balance of acting: alone, with others and their
    difference, of every pair where no outcome is named, in every contrast with --contrast all.
    """
    from linkage.survey.further import further

    db = open_study(Instance.at(instance).study_path(key))
    found = further(db, what, wave, outcome, contrast, area)
    if form == "table" and "estimand" in found:
        told = found[["analysis", "estimand"]].drop_duplicates()
        found = found.drop(columns=[*LONG, *(n for n in found if str(n).startswith("missing_"))])
        found = found.dropna(axis=1, how="all")
        print_frame(found, form)
        for name, words in told.itertuples(index=False):
            click.echo(f"! {name}: {words}.")
        return
    print_frame(found, form)


@click.command()
@click.option(
    "--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="A folder; it is made where it is not there.",
)  # fmt: skip
@_chosen
def reproduce(
    instance: str, key: str, wave: str | None, outcome: str | None, contrast: str | None,
    folder: Path,
) -> None:  # fmt: skip
    """Write R and Python code that gives the estimates of an outcome, and the answers it reads.

    The answers are one row a respondent: not for release.
    """
    from linkage.survey.reproducing import files

    db = open_study(Instance.at(instance).study_path(key))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files(db, key, wave, outcome, contrast).items():
        (folder / name).write_bytes(content)
        click.echo(str(folder / name))


COMMANDS = [estimates, reproduce]
