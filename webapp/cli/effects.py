"""Effects of a wave on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from coding.errors import BadInput
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_frame

if TYPE_CHECKING:
    import pandas as pd
    from sqlite_utils import Database

    from linkage.survey.analysed import Analysed

BRIEF = ["area", "outcome", "contrast", "estimate", "ci_low", "ci_high", "std_error", "df",
         "p_value", "p_randomisation"]  # fmt: skip
LAST = ["mde_80", "planned", "note", "dropped_areas"]


@dataclass(frozen=True)
class Asked:
    """What is printed instead of, or beside, the effects themselves."""

    weighted: bool = False
    shrunken: bool = False
    issues: bool = False
    differences: bool = False
    subgroup: str | None = None
    interaction: bool = False
    earlier: str | None = None

    def __post_init__(self) -> None:
        kinds = [self.weighted, self.issues, self.differences, self.subgroup, self.earlier]
        if sum(map(bool, kinds)) > 1:
            raise BadInput(
                "Choose one of --weighted, --all-issues, --differences, --subgroup and --earlier."
            )

        if self.interaction and not self.subgroup:
            raise BadInput("--interaction needs --subgroup.")

    @property
    def plain(self) -> bool:
        """Whether the effects themselves are printed, which alone are redrawn."""
        other = self.weighted or self.issues or self.subgroup or self.earlier
        return not (other or self.differences)


@click.command()
@click.argument("key")
@click.option("--wave")
@click.option("--outcome")
@click.option("--contrast", help="Default: all.")
@click.option("--by", type=click.Choice(["area", "pooled"]), help="Default: both.")
@click.option(
    "--planned/--exploratory", default=None, help="Only what the frozen plan holds, or not."
)
@click.option("--weighted", is_flag=True, help="With the survey weight.")
@click.option(
    "--shrunken", is_flag=True, help="The areas' effects shrunken towards their mean too."
)
@click.option("--differences", is_flag=True, help="How effects differ between areas: Q, I², τ².")
@click.option("--subgroup", metavar="COLUMN", help="Among the respondents of each value.")
@click.option("--interaction", is_flag=True, help="With --subgroup: the tests of equal effects.")
@click.option("--earlier", metavar="WAVE", help="Blocked on that wave's arm, adjusted for it.")
@click.option("--all-issues", "issues", is_flag=True, help="Measures over all their issues.")
@click.option(
    "--members",
    type=click.Choice(["include", "exclude"]),
    help="Who sat in a focus group. Default: as planned.",
)
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
    /,
    key: str,
    wave: str | None,
    outcome: str | None,
    contrast: str | None,
    by: str | None,
    planned: bool | None,
    members: str | None,
    draws: int,
    seed: int,
    form: str,
    **kind: Any,
) -> None:
    """Show the effects of the nudges with their intervals, per area and pooled."""
    from linkage.survey import chosen
    from linkage.survey.analysed import analysed
    from linkage.waves import find_wave_id

    asked = Asked(**kind)
    db = open_study(Instance.at(instance).study_path(key))
    wave_id = find_wave_id(db, wave)
    held = analysed(db, wave_id, members)
    frame = _frame(db, wave_id, held, asked, outcome, contrast, draws, seed)
    if "wave" in frame:
        frame["wave"] = db.table("wave").get(wave_id)["key"]
    frame = chosen(frame, outcome=outcome, contrast=contrast, by=by, planned=planned)
    if asked.differences:
        from linkage.survey.beside import area_differences

        frame = area_differences(frame)
    _tell(db, wave_id, held, form, drawn=bool(draws) and asked.plain)
    print_frame(_brief(frame) if form == "table" and not asked.differences else frame, form)


def _frame(
    db: Database, wave_id: int, held: Analysed, asked: Asked, outcome: str | None,
    contrast: str | None, draws: int, seed: int,
) -> pd.DataFrame:  # fmt: skip
    from linkage.survey import beside, estimate
    from linkage.survey.later import later_wave

    keys = [outcome] if outcome and outcome in {o.key for o in held.design.outcomes} else None
    names = [contrast] if contrast in {c.name for c in held.design.contrasts()} else None
    if asked.weighted:
        return beside.weighted(held, keys, names)
    if asked.issues:
        return beside.over_all_issues(held, names)
    if asked.subgroup:
        return beside.subgroups(held, asked.subgroup, keys, names)[asked.interaction]
    if asked.earlier:
        return later_wave(db, wave_id, held, asked.earlier, keys, names)
    found = estimate(held, draws=draws if asked.plain else 0, seed=seed)
    return beside.with_shrunken(found) if asked.shrunken else found


def _tell(db: Database, wave_id: int, held: Analysed, form: str, *, drawn: bool) -> None:
    """Say what a reader must know: weights, the plan, who was left out, how arms are redrawn."""
    from analysis.responses import weight_note
    from linkage.survey.drawing import mechanism_words

    stored = held.stored
    plan = "Exploratory: this wave has no frozen plan."
    if stored:
        late = ", after results were seen" if stored["after_results"] else ""
        plan = (
            f"Plan version {stored['version']}, frozen {stored['frozen_at']}{late}, "
            f"hash {stored['plan_sha256']}."
        )
    told = [plan, weight_note(db, wave_id), *held.notes]
    told += [mechanism_words(db, wave_id)] if drawn else []
    for sentence in filter(None, told):
        click.echo(f"! {sentence}", err=form != "table")


def _brief(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that fit a terminal; csv and json hold all of them."""
    both = "adjusted" in frame and frame["adjusted"].nunique() > 1
    first = ["subgroup", "value", *(["adjusted"] if both else [])]
    more = ["p_holm", "p_maxt"] if "family" in frame and frame["family"].any() else []
    sizes = [str(name) for name in frame.columns if str(name).startswith("n_")]
    shrunken = [name for name in ("shrunken", "f", "f_groups", "f_df", "p_interaction")
                if name in frame]  # fmt: skip
    wanted = [*first, *BRIEF, *more, *shrunken, *sizes, *LAST]
    return frame[[name for name in wanted if name in frame]]


COMMANDS = [effects]
