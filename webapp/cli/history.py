"""Snapshots of a study, and its codebook then and now."""

import click

from coding.spoken_again import sift_texts
from linkage.codebook_diff import COMPARED, diff_codebook, plain_diff
from linkage.snapshots import add_snapshot, find_snapshot
from linkage.study import open_study, writing

from ..instance import Instance
from .output import format_option, print_sifted
from .studies import ACTOR, study


@study.command()
@click.argument("key")
@click.argument("name")
@click.option("--note", default="", help="What the study was like, in a sentence.")
@click.pass_obj
def snapshot(instance: str, key: str, name: str, note: str) -> None:
    """Name the study as it is now, to compare its codebook later."""
    db = open_study(Instance.at(instance).study_path(key))
    with writing(db, ACTOR, f"take the snapshot “{name}”"):
        add_snapshot(db, name, note)
    click.echo(f"Snapshot “{name}” is taken.")


@study.command()
@click.argument("key")
@click.argument("since", metavar="FROM")
@click.argument("until", metavar="[TO]", required=False)
@format_option
@click.pass_obj
def diff(instance: str, key: str, since: str, until: str | None, form: str) -> None:
    """Compare the codebook of snapshot FROM with that of TO, or with the one of now."""
    db = open_study(Instance.at(instance).study_path(key))
    end = find_snapshot(db, until)["change_id"] if until else None
    diffs = diff_codebook(db, find_snapshot(db, since)["change_id"], end)
    found = sift_texts(db, plain_diff(diffs), "publication", COMPARED)
    columns = list(found.rows[0]) if found.rows else ["code", "change"]
    if form == "table":  # wide texts are for csv and json
        columns = ["change", "path_from", "path_to", "codings_from", "codings_to"]
        found.rows = [{name: row[name] for name in columns} for row in found.rows]
    print_sifted(found, columns, form)
