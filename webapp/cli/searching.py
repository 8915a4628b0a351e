"""Search what was said, on the command line."""

import click

from coding.searching import find_words
from coding.sifting import sift_passages
from linkage import areas
from linkage.study import open_study

from ..instance import Instance
from .output import format_option, print_sifted

COLUMNS = [
    "transcript", "turn", "speaker", "area", "start", "end", "before", "quote", "after",
    "consent",
]  # fmt: skip


@click.command()
@click.argument("key")
@click.argument("words")
@click.option("--area", help="Only the transcripts of this area.")
@click.option("--whole", is_flag=True, help="Whole words only.")
@format_option
@click.pass_obj
def search(instance: str, key: str, words: str, area: str | None, whole: bool, form: str) -> None:
    """Find words in all transcripts, with who said them and what stands around them.

    What is said around them goes as consent to publication lets it.
    """
    db = open_study(Instance.at(instance).study_path(key))
    area_id = areas.find_area(db, area)["id"] if area else None
    hits = find_words(db, words, area_id=area_id, whole_words=whole)
    found = sift_passages(db, hits, "publication")
    found.rows = [{name: hit[name] for name in COLUMNS} for hit in found.rows]
    print_sifted(found, COLUMNS, form)


COMMANDS = [search]
