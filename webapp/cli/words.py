"""Transcripts and codings on the command line."""

from pathlib import Path

import click

from coding import codings as codings_
from coding import groups
from coding import transcripts as transcripts_
from coding.consent import sift
from linkage import areas
from linkage.study import open_study, writing

from ..instance import Instance
from .output import format_option, print_rows, print_sifted, progress_line
from .studies import ACTOR

TRANSCRIPTS = ["id", "title", "area", "issue", "turns", "speakers", "words", "codings"]
CODINGS = [
    "id", "transcript", "turn", "code", "theme", "coder", "start", "end", "quote", "speaker",
    "area",
]  # fmt: skip


@click.group(name="import")
def import_() -> None:
    """Bring transcripts and survey files into a study."""


@import_.command(name="transcripts")
@click.argument("key")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--area", required=True, help="Where the groups met.")
@click.option("--issue", help="The issue of the whole transcript; sections can be set later.")
@click.option("--moderator", "moderators", multiple=True, help="Who led the group; repeat it.")
@click.option("--rename", "renamed", multiple=True, metavar="LABEL=NAME", help="Repeat it.")
@click.option("--group", help="The group's name; default: one group a file, named like the file.")
@click.option("--phase", type=click.Choice(groups.PHASES), default="source", show_default=True)
@click.option("--held-on", metavar="YYYY-MM-DD", help="When the group met.")
@click.option("--attendance", type=click.IntRange(0), help="How many took part.")
@click.option("--wave", help="The wave whose messages it feeds, or whose results it was shown.")
@click.option("--dry-run", is_flag=True, help="Show what would be imported; store nothing.")
@format_option
@click.pass_obj
def import_transcripts(
    instance: str,
    key: str,
    files: tuple[Path, ...],
    area: str,
    issue: str | None,
    moderators: tuple[str, ...],
    renamed: tuple[str, ...],
    group: str | None,
    phase: str,
    held_on: str | None,
    attendance: int | None,
    wave: str | None,
    dry_run: bool,
    form: str,
) -> None:
    """Import transcripts (txt, md, docx, vtt): all of them, or none where one is wrong."""
    db = open_study(Instance.at(instance).study_path(key))
    area_id = areas.find_area(db, area)["id"]
    issue_id = areas.find_issue(db, issue)["id"] if issue else None
    wave_id = areas.find_wave(db, wave)["id"] if wave else None
    names = dict(_pair(text) for text in renamed)
    show = progress_line("Reading")
    previews = []
    for number, file in enumerate(files, 1):
        previews.append(transcripts_.preview(file, names, moderators or None))
        show(number, len(files))
    if dry_run:
        for found in previews:
            _print_preview(found, form)
        return
    stored = []
    with writing(db, ACTOR, f"import {len(previews)} transcript{'s' * (len(previews) != 1)}"):
        for found in previews:
            group_id = _group(
                db, area_id, group or found.title, phase, held_on, attendance, wave_id
            )
            stored.append(transcripts_.import_transcript(db, found, group_id, issue_id=issue_id))
    print_rows([row for row in _listed(db) if row["id"] in stored], TRANSCRIPTS, form)


def _pair(text: str) -> tuple[str, str]:
    label, mark, name = text.partition("=")
    if not mark:
        raise click.UsageError(f"--rename takes LABEL=NAME, not “{text}”.")
    return label.strip(), name.strip()


def _group(db, area_id, name, phase, held_on, attendance, wave_id) -> int:  # type: ignore[no-untyped-def]
    for row in groups.list_groups(db, area_id):
        if row["name"] == name:
            return int(row["id"])
    return groups.add_group(db, area_id, name, phase, held_on, attendance, wave_id)


def _print_preview(found: transcripts_.Preview, form: str) -> None:
    if form == "table":
        click.echo(
            f"{found.file_name}: {len(found.turns)} turns, {len(found.speakers)} speakers, "
            f"{found.unattributed} turns without a speaker, {found.words:,} words"
        )
    rows = [
        {
            "file": found.file_name,
            "speaker": s.name,
            "role": s.role,
            "turns": s.turns,
            "words": s.words,
        }
        for s in found.speakers
    ]
    print_rows(rows, ["file", "speaker", "role", "turns", "words"], form)


def _listed(db) -> list[dict[str, object]]:  # type: ignore[no-untyped-def]
    return transcripts_.list_transcripts(db)


@click.command()
@click.argument("key")
@format_option
@click.pass_obj
def transcripts(instance: str, key: str, form: str) -> None:
    """List the transcripts of a study."""
    db = open_study(Instance.at(instance).study_path(key))
    print_rows(_listed(db), TRANSCRIPTS, form)


@click.command()
@click.argument("key")
@format_option
@click.pass_obj
def codings(instance: str, key: str, form: str) -> None:
    """List the codings of a study with their quotes, as consent to publication lets them go."""
    db = open_study(Instance.at(instance).study_path(key))
    print_sifted(sift(db, codings_.list_codings(db), "publication"), CODINGS, form)


@click.command()
@click.argument("key")
@click.option(
    "--by", type=click.Choice(["area", "issue", "speaker"]), default="area", show_default=True
)
@format_option
@click.pass_obj
def prevalence(instance: str, key: str, by: str, form: str) -> None:
    """Show how many groups, speakers, turns and words speak of each theme, of how many."""
    from linkage.prevalence import prevalence as count

    from .output import print_frame

    print_frame(count(open_study(Instance.at(instance).study_path(key)), by=by), form)


COMMANDS = [import_, transcripts, codings, prevalence]
