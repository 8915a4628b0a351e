"""Whole studies on the command line: copy, archive, backup, restore."""

from pathlib import Path

import click

from coding.consent import check_archive
from linkage.backup import back_up
from linkage.study import open_study

from .. import study_files
from ..instance import Instance
from .output import progress_line
from .studies import ACTOR, study


@study.command()
@click.argument("key")
@click.argument("new_key", metavar="NEW")
@click.option("--name", required=True, help="The new study's name as people read it.")
@click.pass_obj
def copy(instance: str, key: str, new_key: str, name: str) -> None:
    """Start a study with the areas, issues, waves and codebook of another; nothing personal."""
    place = Instance.at(instance)
    counts = study_files.copy_study(place, key, new_key, name, ACTOR)
    place.close()
    told = ", ".join(f"{count} {thing}{'s'[: count != 1]}" for thing, count in counts.items())
    click.echo(f"Study “{new_key}” is made, with {told}.")


@study.command()
@click.argument("key")
@click.option("--undo", is_flag=True, help="Bring the study back.")
@click.pass_obj
def archive(instance: str, key: str, undo: bool) -> None:
    """Take a study off the list; it can then be read, not changed."""
    place = Instance.at(instance)
    study_files.archive(place, key, ACTOR, archived=not undo)
    place.close()
    click.echo(f"Study “{key}” is {'back' if undo else 'archived'}.")


@study.command()
@click.argument("key")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--archive", is_flag=True, help="For an archive: only where nobody refused it.")
@click.pass_obj
def backup(instance: str, key: str, file: Path, archive: bool) -> None:
    """Write a whole study into a new file; also while the server runs."""
    path = Instance.at(instance).study_path(key)
    if archive:
        check_archive(open_study(path))
    size = back_up(path, file)
    click.echo(f"{file.name} holds the study “{key}” ({size / 1024**2:,.1f} MB).")


@study.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("key")
@click.pass_obj
def restore(instance: str, file: Path, key: str) -> None:
    """Check a study file made elsewhere and open it under a new key."""
    place = Instance.at(instance)
    opened = study_files.restore(place, file, key, ACTOR, progress=progress_line("Reading"))
    place.close()
    click.echo(f"Study “{key}” is opened: {opened.name}.")
    for words in opened.dropped:
        click.echo(f"Left behind: {words}.")
    for sentence in opened.problems:
        click.echo(f"Wrong in it: {sentence}")


COMMANDS = [study]
