"""Sample size before a wave, on the command line."""

from __future__ import annotations

from typing import Any

import click
from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_frame, progress_line

Row = dict[str, Any]


@click.command("sample-size")
@click.argument("key")
@click.option("--wave", help="Whose plan and allocation are used; default: the latest.")
@click.option("--n", "invited", multiple=True, metavar="N|AREA=N",
              help="Invited in every area, or in one; default: as allocated, or 500.")  # fmt: skip
@click.option("--response", multiple=True, metavar="%|AREA=%",
              help="Who will answer, in per cent. Default: 100.")  # fmt: skip
@click.option("--sd", help="Standard deviation of the outcome; default 1.")
@click.option("--rate", help="Or the share without a nudge, in per cent.")
@click.option("--effect", help="To be found, in the unit of the SD; default 0.3.")
@click.option("--cluster", help="Respondents allocated together; default 1.")
@click.option("--icc", help="Correlation within clusters, 0 to 1.")
@click.option("--arms", help="Parted by commas, the control first. Default: the plan’s, or 2x2.")
@click.option("--power", help="Wanted, in per cent; default 80.")
@click.option("--alpha", help="Level in per cent; default 5.")
@click.option("--simulate", "outcome", metavar="OUTCOME", help="Simulate an outcome of the plan.")
@click.option("--shares", default="", metavar="TEXT",
              help="Its answers without a nudge, such as “1: 20, 2: 50, 3: 30”.")  # fmt: skip
@click.option("--from-wave", metavar="W", help="Or as the no-nudge arm of this wave answered.")
@click.option("--change", multiple=True, metavar="ARM=CHANGE",
              help="Odds ratio (ordinal), else points of 100 more who give any.")  # fmt: skip
@click.option("--by", type=click.Choice(["area", "pooled"]), default="pooled", show_default=True,
              help="Of the formula: each area alone, or pooled over areas.")  # fmt: skip
@click.option("--draws", help="Experiments simulated; default 2000.")
@click.option("--seed", help="Of the simulation; default 1.")
@format_option
@click.pass_obj
def sample_size(
    instance: str, key: str, wave: str | None, invited: tuple[str, ...],
    response: tuple[str, ...], sd: str | None, rate: str | None, effect: str | None,
    cluster: str | None, icc: str | None, arms: str | None, power: str | None, alpha: str | None,
    outcome: str | None, shares: str, from_wave: str | None, change: tuple[str, ...],
    by: str, draws: str | None, seed: str | None, form: str,
) -> None:  # fmt: skip
    """Tell what so many respondents can show, by contrast, before anybody is asked.

    By formula for half to three times as many; with --simulate by simulating the experiment.
    """
    if sd and rate:
        raise click.UsageError("--sd and --rate do not go together")
    db = open_study(Instance.at(instance).study_path(key))
    given = {"wave": wave, "sd": sd, "rate": rate, "effect": effect, "cluster": cluster,
             "icc": icc, "arms": arms, "power": power, "alpha": alpha, "outcome": outcome,
             "shares": shares, "from": from_wave, "draws": draws, "seed": seed,
             "kind": "rate" if rate else "sd"}  # fmt: skip
    asked = {name: value for name, value in given.items() if value}
    asked |= _by_area(db, "n", invited) | _by_area(db, "response", response)
    asked |= {f"change-{arm}": value for arm, value in map(_pair, change)}
    _print(db, asked, by, form)


def _print(db: Database, args: dict[str, str], by: str, form: str) -> None:
    from linkage.sample_size import Simulation, experiment_from, simulate

    from ..sample_size_form import read_asked, read_simulation

    asked = read_asked(db, args)
    experiment = experiment_from(asked)
    if "outcome" not in args:
        print_frame(experiment.by_area() if by == "area" else experiment.table(), form)
        return
    unknown = [arm for arm in _changed(args) if arm not in asked["arms"][1:]]
    if unknown:
        there = ", ".join(asked["arms"][1:])
        raise BadInput(f"“{unknown[0][:80]}” is no arm with a nudge; there are: {there}.")
    wanted = Simulation(**read_simulation(asked, args))
    telling = progress_line("Experiments")
    print_frame(simulate(db, asked["wave_id"], experiment, wanted, telling), form)


def _changed(args: dict[str, str]) -> list[str]:
    return [name.removeprefix("change-") for name in args if name.startswith("change-")]


def _by_area(db: Database, what: str, values: tuple[str, ...]) -> dict[str, str]:
    """Read values for every area, and then those of single areas."""
    keys = [row["key"] for row in areas.areas(db)] or ["all"]
    every = [value for value in values if "=" not in value]
    found = {f"{what}-{key}": value for value in every for key in keys}
    for area, value in (_pair(value) for value in values if "=" in value):
        found[f"{what}-{areas.find_area(db, area)['key']}"] = value
    return found


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.rpartition("=")
    if not sign or not name or not value:
        raise BadInput(f"“{text[:80]}” must be written as NAME=VALUE.")
    return name, value


COMMANDS: list[click.Command] = [sample_size]
