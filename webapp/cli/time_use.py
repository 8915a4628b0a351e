"""How much time people give, on the command line."""

from __future__ import annotations

import click

from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_frame

BRIEF = ["issue", "area", "given", "statistic", "estimate", "ci_low", "ci_high", "shown", "base",
         "note"]  # fmt: skip


@click.command(name="time-use")
@click.argument("key")
@click.option("--wave")
@click.option("--weighted/--unweighted", default=None, help="Default: weighted where there is one.")
@click.option("--period", type=click.Choice(["week", "month", "year"]), default="month",
              show_default=True, help="What the questions ask about.")  # fmt: skip
@format_option
@click.pass_obj
def time_use(
    instance: str, key: str, wave: str | None, weighted: bool | None, period: str, form: str
) -> None:
    """Say how much time untreated people give: the figures that Nudge B may use.

    From hours given, never from hours people are willing to give: mean, trimmed mean, median, and
    the share who give any, by issue and area, with 95 % intervals and base.
    """
    from linkage.survey.tables import time_use as estimate

    told = estimate(open_study(Instance.at(instance).study_path(key)), wave, weighted, period)
    for note in told.notes:
        click.echo(f"! {note}", err=True)
    print_frame(told.frame[BRIEF] if form == "table" else told.frame, form)


COMMANDS = [time_use]
