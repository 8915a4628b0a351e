"""Queries on the command line: the frames that the pages show."""

from collections.abc import Callable
from typing import Any

import click
from sqlite_utils import Database

from coding.consent import sift
from coding.errors import BadInput
from linkage import areas
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_frame, print_sifted

PHASES = click.Choice(["source", "test", "all"])
LEVELS = click.Choice(["theme", "code"])
CONDITIONS = ("or", "and", "not", "overlapping", "apart", "within", "near", "far")
QUOTES = ["id", "quote", "code", "speaker", "area", "group", "transcript", "turn", "coder"]


@click.group()
def query() -> None:
    """Ask the coded words: quotes, codes together, who speaks of what, words, saturation."""


def _study(instance: str, key: str) -> Database:
    return open_study(Instance.at(instance).study_path(key))


def _phase(phase: str) -> str | None:
    return None if phase == "all" else phase


def _area(db: Database, area: str | None) -> int | None:
    return areas.find_area(db, area)["id"] if area else None


def _coder(db: Database, coder: str | None) -> int | None:
    if coder is None:
        return None
    found = [row["id"] for row in areas.coders(db) if row["name"].casefold() == coder.casefold()]
    if not found:
        known = ", ".join(row["name"] for row in areas.coders(db)) or "nobody yet"
        raise BadInput(f"“{coder[:80]}” has not coded here; these have: {known}.")
    return int(found[0])


def limited(command: Any) -> Any:
    """Give a command the options that limit every query, and its study."""
    for option in (
        click.pass_obj,
        format_option,
        click.option("--coder", help="Only codings by this coder."),
        click.option("--area", help="Only talk of this area."),
        click.option("--phase", type=PHASES, default="source", show_default=True),
        click.argument("key"),
    ):
        command = option(command)
    return command


def _conditions(command: Any) -> Any:
    for how in reversed(CONDITIONS):
        command = click.option(f"--{how}", f"{how}_", multiple=True, metavar="CODE")(command)
    return command


@query.command()
@click.option("--code", help="By name, or “Theme › Code”; default: any.")
@_conditions
@click.option("--within-n", "distance", type=click.IntRange(0, 1000), default=2, show_default=True,
              help="How far near and far reach.")  # fmt: skip
@click.option("--unit", type=click.Choice(["turns", "words"]), default="turns", show_default=True)
@click.option("--issue")
@click.option("--attribute", metavar="NAME=VALUE", help="What is recorded of the speaker.")
@limited
def quotes(
    instance: str, key: str, phase: str, area: str | None, coder: str | None, form: str,
    code: str | None, distance: int, unit: str, issue: str | None, attribute: str | None,
    **conditions: tuple[str, ...],
) -> None:  # fmt: skip
    """List the quotes of a combination of codes; conditions may be repeated.

    “or” widens the quotes, the others narrow them; “and” and “not” look at the same turn.
    """
    from coding.codings import list_codings
    from coding.retrieval import Condition, Filters, find, named_code

    db = _study(instance, key)
    wanted = [
        Condition(how, named_code(db, name), distance, unit)
        for how in CONDITIONS
        for name in conditions[f"{how}_"]
    ]
    if attribute and "=" not in attribute:
        raise BadInput("An attribute is asked for as NAME=VALUE.")
    name, _, value = (attribute or "").partition("=")
    filters = Filters(
        phase=_phase(phase), area_id=_area(db, area), coder_id=_coder(db, coder),
        issue_id=areas.find_issue(db, issue)["id"] if issue else None,
        attribute=(name, value) if attribute else None,
    )  # fmt: skip
    found = find(db, named_code(db, code) if code else None, wanted, filters)
    rows = {row["id"]: row for row in list_codings(db, ids=found.ids)}
    listed = [{n: rows[i][n] for n in QUOTES} for i in found.ids]
    print_sifted(sift(db, listed, "publication"), QUOTES, form)
    click.echo(
        f"{found.speakers} speakers in {found.groups} groups, {len(found.ids)} quotes", err=True
    )


@query.command()
@click.option("--relation", type=click.Choice(["overlap", "turn", "near"]), default="turn",
              show_default=True)  # fmt: skip
@click.option("--within-n", "distance", type=click.IntRange(0, 1000), default=2, show_default=True)
@click.option("--level", type=LEVELS, default="code", show_default=True)
@limited
def cooccurrence(
    instance: str, key: str, phase: str, area: str | None, coder: str | None, form: str,
    relation: str, distance: int, level: str,
) -> None:  # fmt: skip
    """Count where every two codes meet: speakers, groups and turns."""
    from coding.retrieval import cooccurrence as count

    db = _study(instance, key)
    limits: Any = {
        "phase": _phase(phase),
        "area_id": _area(db, area),
        "coder_id": _coder(db, coder),
    }
    frame = count(db, relation, level=level, distance=distance, **limits)
    print_frame(frame[frame["turns"] > 0].drop(columns=["code_id", "other_id"]), form)


@query.command()
@click.argument("key")
@click.option("--by", type=click.Choice(["area", "issue", "group", "attribute"]), default="area",
              show_default=True)  # fmt: skip
@click.option("--attribute", default="", help="Which one, for --by attribute.")
@click.option("--level", type=LEVELS, default="theme", show_default=True)
@click.option("--phase", type=PHASES, default="source", show_default=True)
@click.option("--coder", help="Only codings by this coder.")
@click.option("--test", "tested", type=click.Choice(["speakers", "groups", "turns", "codings"]),
              help="Test instead of listing; only counts of speakers can be tested.")  # fmt: skip
@format_option
@click.pass_obj
def table(
    instance: str, key: str, by: str, attribute: str, level: str, phase: str, coder: str | None,
    tested: str | None, form: str,
) -> None:  # fmt: skip
    """Count who speaks of each code, of how many, by area, issue, group or attribute."""
    from coding.retrieval import code_table, compare_people

    db = _study(instance, key)
    lists: dict[str, Callable[[Database], Any]] = {"area": areas.areas, "issue": areas.issues}
    names = {row["id"]: row["key"] for row in lists[by](db)} if by in lists else None
    frame = code_table(
        db, by, attribute=attribute, level=level, phase=_phase(phase), coder_id=_coder(db, coder),
        names=names,
    )  # fmt: skip
    frame = compare_people(frame, by, tested) if tested else frame.drop(columns=["value_id"])
    print_frame(frame.drop(columns=["code_id"]), form)


@query.command()
@click.argument("key")
@click.option("--area", required=True, help="Against all other areas.")
@click.option("--phase", type=PHASES, default="source", show_default=True)
@click.option("--moderators", is_flag=True, help="With what the moderator says.")
@click.option("--stop-words", is_flag=True, help="With the stop words.")
@format_option
@click.pass_obj
def words(
    instance: str, key: str, area: str, phase: str, moderators: bool, stop_words: bool, form: str
) -> None:
    """Weigh which words set an area apart (weighted log-odds).

    Single words with their counts quote nobody, so consent is not asked for them.
    """
    from coding.retrieval import keyness, word_counts

    db = _study(instance, key)
    counts = word_counts(db, phase=_phase(phase), moderators=moderators, stop_words=stop_words)
    print_frame(keyness(counts, areas.find_area(db, area)["id"]), form)


@query.command()
@click.argument("key")
@click.option("--level", type=LEVELS, default="code", show_default=True)
@click.option("--area", help="Only talk of this area.")
@click.option("--phase", type=PHASES, default="source", show_default=True)
@click.option("--orders", type=int, default=500, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@format_option
@click.pass_obj
def saturation(
    instance: str, key: str, level: str, area: str | None, phase: str, orders: int, seed: int,
    form: str,
) -> None:  # fmt: skip
    """Count the codes that each further transcript brings."""
    from coding.retrieval import saturation as count

    db = _study(instance, key)
    limits: Any = {"phase": _phase(phase), "area_id": _area(db, area)}
    print_frame(count(db, level=level, orders=orders, seed=seed, **limits), form)


def _of_transcript(name: str, what: str, help_: str, default: str) -> None:
    @query.command(name=name, help=help_)
    @click.argument("key")
    @click.argument("transcript", type=int)
    @click.option("--level", type=LEVELS, default=default, show_default=True)
    @click.option("--coder", help="Only codings by this coder.")
    @format_option
    @click.pass_obj
    def command(
        instance: str, key: str, transcript: int, level: str, coder: str | None, form: str
    ) -> None:
        from coding import retrieval
        from coding.transcripts import get_transcript

        db = _study(instance, key)
        get_transcript(db, transcript)
        show = getattr(retrieval, what)
        print_frame(show(db, transcript, level=level, coder_id=_coder(db, coder)), form)


_of_transcript("lines", "code_lines", "List where each code stands in a transcript.", "code")
_of_transcript("portrait", "portrait", "Give each turn of a transcript its code.", "theme")
COMMANDS = [query]
