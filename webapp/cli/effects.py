"""Effects of a wave on the command line."""

from __future__ import annotations

import click

from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_frame


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


COMMANDS = [effects]
