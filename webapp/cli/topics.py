"""Topics on the command line."""

from dataclasses import asdict

import click
from sqlite_utils import Database

from coding.consent import Sifted
from coding.topics import UNITS, Asked, Kept, kept_topics, pick_quotes, why_stale
from linkage.areas import find_area
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_frame, print_sifted, progress_line

QUOTES = [
    "topic", "words", "quote", "speaker", "area", "group", "transcript", "turn", "start", "end",
]  # fmt: skip


@click.command()
@click.argument("key")
@click.option("--area", help="Only talk of this area; default: all.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--number", type=int, default=0, help="How many topics; default: as proposed.")
@click.option("--unit", type=click.Choice(list(UNITS)), default="turn", show_default=True)
@click.option("--phase", type=click.Choice(["source", "test", "all"]), default="source",
              show_default=True)  # fmt: skip
@click.option("--guided", is_flag=True, help="Start a topic from each theme; --number is of more.")
@click.option("--curve", is_flag=True, help="Print how stable each number of topics is.")
@click.option("--quotes", is_flag=True, help="Print their quotes, as consent lets them go.")
@format_option
@click.pass_obj
def topics(
    instance: str, key: str, area: str | None, seed: int, number: int, unit: str, phase: str,
    guided: bool, curve: bool, quotes: bool, form: str,
) -> None:  # fmt: skip
    """Find topics: words that go together in the talk, how stable, and where they are said.

    What stands already for the same words, model and question is printed at once. Topic words are
    single words and short phrases that several turns hold; they quote nobody.
    """
    from coding.topics.frames import curve_frame, topics_frame

    db = open_study(Instance.at(instance).study_path(key))
    area_id = find_area(db, area)["id"] if area else 0
    asked = Asked(unit, number, seed, guided, phase, area_id).checked()
    kept = _found(db, asked)
    if quotes:
        print_sifted(_quotes(db, kept), QUOTES, form)
    else:
        found = curve_frame(kept.found) if curve else topics_frame(db, asked, kept.found)
        print_frame(found, form)


def _found(db: Database, asked: Asked) -> Kept:
    """Return what stands already, or else find topics and keep them."""
    from linkage.topics import find_and_keep

    kept = kept_topics(db, asked)
    if kept is None or why_stale(db, kept):
        progress = progress_line("Finding topics, per cent:")
        find_and_keep(db, actor="command line", asked=asdict(asked), progress=progress)
        kept = kept_topics(db, asked)
    assert kept is not None
    return kept


def _quotes(db: Database, kept: Kept) -> Sifted:
    from coding.sifting import sift_passages

    named = [", ".join(word for word, _ in topic["words"][:3]) for topic in kept.topics]
    found = pick_quotes(db, kept.asked, kept.topics)
    rows = [
        {**row, "topic": number, "words": words}
        for number, (words, said) in enumerate(zip(named, found, strict=True), 1)
        for row in said
    ]
    sifted = sift_passages(db, rows, "publication")
    sifted.rows = [{name: row[name] for name in (*QUOTES, "consent")} for row in sifted.rows]
    return sifted


COMMANDS = [topics]
