"""Survey tables and what goes with acting, on the command line."""

from __future__ import annotations

from typing import Any

import click

from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_frame

BRIEF = ["group", "category", "n", "estimate", "ci_low", "ci_high", "base", "missing", "note"]
MODELS = ["condition", "level", "model", "way", "estimate", "ci_low", "ci_high", "p_value", "n"]


@click.command()
@click.argument("key")
@click.option("--wave")
@click.option("--item", help="An item's key, or a covariate; the first item where absent.")
@click.option("--by", default="area", show_default=True, help="area, issue, arm or a covariate.")
@click.option("--weighted", is_flag=True, help="Weigh by the survey's weight.")
@click.option("--association", is_flag=True, help="Who acts alone or together, and what goes with "
              "it: association, not effect.")  # fmt: skip
@click.option("--issue", help="With --association: the issue; the first that can be where absent.")
@click.option("--condition", "conditions", multiple=True, help="With --association; repeat it.")
@format_option
@click.pass_obj
def tables(
    instance: str,
    key: str,
    wave: str | None,
    item: str | None,
    by: str,
    weighted: bool,
    association: bool,
    issue: str | None,
    conditions: tuple[str, ...],
    form: str,
) -> None:
    """Tabulate an item with its base, or (--association) relate acting to conditions.

    A table of shares, means and medians with 95 % intervals; csv and json have every column. With
    --association: the models of neither, alone, groups and both, with areas held fixed.
    """
    from coding.errors import BadInput
    from linkage.survey import tables as survey

    db = open_study(Instance.at(instance).study_path(key))
    if association:
        if item is not None:
            raise BadInput("With --association, name --condition instead of --item.")
        data = survey.asked(db, wave)
        told = survey.association(data, issue, list(conditions) or None, weighted)
        _print(told, form, MODELS)
        return
    if issue or conditions:
        raise BadInput("--issue and --condition go with --association.")
    told = survey.survey_table(db, wave, item, by, weighted)
    more = ["item"] if by == "issue" else []
    _print(told, form, [*more, *BRIEF])


def _print(told: Any, form: str, brief: list[str]) -> None:
    for note in told.notes:
        click.echo(f"! {note}", err=True)
    print_frame(told.frame[brief] if form == "table" else told.frame, form)


COMMANDS = [tables]
