"""The joint display on the command line."""

from __future__ import annotations

import click

from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_frame


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


COMMANDS = [joint]
