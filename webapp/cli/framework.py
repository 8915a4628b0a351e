"""The framework matrix on the command line."""

import click

from coding import framework as framework_
from coding.sifting import sift_matrix
from linkage import areas
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_rows

COLUMNS = ["area", "group", "speaker", "theme", "quotes", "summary", "written_by", "written_at"]


@click.command()
@click.argument("key")
@click.option("--rows", type=click.Choice(["speaker", "group"]), default="speaker")
@click.option("--area", help="Only this area.")
@click.option("--issue", help="Count the quotes of this issue only.")
@format_option
@click.pass_obj
def framework(
    instance: str, key: str, rows: str, area: str | None, issue: str | None, form: str
) -> None:
    """Show what each speaker or group says of each theme, with the written summaries.

    Summaries and names go as consent to publication lets them.
    """
    db = open_study(Instance.at(instance).study_path(key))
    area_id = areas.find_area(db, area)["id"] if area else None
    issue_id = areas.find_issue(db, issue)["id"] if issue else None
    found = framework_.framework(db, rows, area_id=area_id, issue_id=issue_id)
    columns = [name for name in COLUMNS if rows == "speaker" or name != "speaker"]
    sifted = sift_matrix(db, found, "publication")
    print_rows(sifted.tidy, columns, form)
    if sifted.sentence:
        click.echo(sifted.sentence, err=True)


COMMANDS = [framework]
