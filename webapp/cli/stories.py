"""Stories on the command line: passages that may tell one, ranked with reasons."""

import click

from coding.consent import Sifted
from linkage.areas import find_area, find_issue
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_sifted, progress_line

COLUMNS = ["rank", "area", "issue", "score", "transcript", "turn", "speaker", "quote", "reasons"]
PLACE = ["start", "end", "consent"]


@click.command()
@click.argument("key")
@click.option("--area", help="Only this area.")
@click.option("--issue", help="Only this issue.")
@click.option("--top", type=click.IntRange(1, 200), default=10, show_default=True,
              help="Of each area and issue.")  # fmt: skip
@format_option
@click.pass_obj
def stories(
    instance: str, key: str, area: str | None, issue: str | None, top: int, form: str
) -> None:
    """Rank passages that may tell of something people did and changed, for each area and issue.

    Talk without an issue and talk after the allocation are not looked through. The score orders
    passages; it is no probability.
    """
    from coding.sifting import sift_passages
    from linkage.story_finding import rank_stories

    db = open_study(Instance.at(instance).study_path(key))
    found = rank_stories(
        db,
        area_id=find_area(db, area)["id"] if area else None,
        issue_id=find_issue(db, issue)["id"] if issue else None,
        top=top,
        progress=progress_line("Reading transcripts:"),
    )
    sifted: Sifted = sift_passages(db, found, "publication")
    sifted.rows = [
        {name: row["transcript_id" if name == "transcript" else name] for name in COLUMNS + PLACE}
        for row in sifted.rows
    ]
    print_sifted(sifted, COLUMNS, form)


COMMANDS = [stories]
