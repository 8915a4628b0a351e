"""Whole studies: copied as a template, archived, exported as a file, opened from one."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from coding.checks import check_name
from coding.errors import BadInput, Conflict
from linkage.backup import back_up
from linkage.opening import Opened, open_elsewhere
from linkage.settings import set_archived, update_study
from linkage.study import prepare_study, writing
from linkage.template import copy_template

from .instance import Instance, sweep

PAGE_LIMIT = 200 * 1024**2
PAGE_SECONDS = 120.0
_opening = threading.Lock()


def copy_study(place: Instance, key: str, new_key: str, name: str, actor: str) -> dict[str, int]:
    """Make a new study on the pattern of one; returns how many of each thing it has."""
    name = check_name(name, "a study")
    source = place.reader(place.study_path(key))
    with place.building(new_key) as draft:
        db = prepare_study(draft, name)
        with writing(db, actor, f"start from the template “{key}”", kind="fixed"):
            counts = copy_template(source, db)
        db.close()
    place.catalogue.list_study(new_key, name)
    return counts


def archive(place: Instance, key: str, actor: str, *, archived: bool) -> None:
    """Archive a study, or bring it back."""
    action = "archive the study" if archived else "bring the study back"
    since = place.writer(place.study_path(key)).submit(
        lambda db: set_archived(db, archived), actor=actor, action=action, kind="fixed"
    )
    place.catalogue.update_study(key, archived_at=since)


def rename(place: Instance, key: str, actor: str, name: str, notice: str, approach: str) -> None:
    """Change a study's name, notice and approach, in the study and in the list."""
    name = place.writer(place.study_path(key)).submit(
        lambda db: update_study(db, name, notice, approach),
        actor=actor,
        action="rename",
        kind="fixed",
    )
    place.catalogue.update_study(key, name=name)


@contextmanager
def exported(place: Instance, key: str) -> Iterator[Path]:
    """Give a private copy of a study's file that is gone afterwards."""
    folder = place.path / "exports"
    folder.mkdir(mode=0o700, exist_ok=True)
    sweep(folder)
    with TemporaryDirectory(dir=folder) as made:
        back_up(place.study_path(key), Path(made) / "study.db")
        yield Path(made) / "study.db"


def restore(place: Instance, file: Path, key: str, actor: str, **options: Any) -> Opened:
    """Open a file made elsewhere under a new key, in this process."""
    if file.resolve().is_relative_to(place.path / "studies"):
        raise BadInput(
            f"“{file.name}” is a study of this instance, and may be in use; "
            "make a file with “coproduce study backup” and open that."
        )
    with place.building(key) as draft:
        opened = open_elsewhere(file, draft, actor, **options)
    place.catalogue.list_study(key, opened.name)
    return opened


def restore_apart(place: Instance, file: Path, key: str, actor: str) -> Opened:
    """Open a file made elsewhere in a process of its own, killed where it takes too long."""
    if not _opening.acquire(blocking=False):
        raise Conflict("Another file is being opened just now; try again in a minute.")
    try:
        with place.building(key) as draft:
            opened = _ask_child({"file": str(file), "draft": str(draft), "actor": actor})
        place.catalogue.list_study(key, opened.name)
        return opened
    finally:
        _opening.release()


def _ask_child(order: dict[str, str]) -> Opened:
    try:
        child = subprocess.run(
            [sys.executable, "-c", "from webapp.study_files import main; main()"],
            input=json.dumps(order),
            stdout=subprocess.PIPE,
            text=True,
            timeout=PAGE_SECONDS + 5,
            check=False,
        )
        told = json.loads(child.stdout)
    except subprocess.TimeoutExpired:
        raise BadInput("The file takes too long to read; it was not opened.") from None
    except ValueError:
        raise BadInput("Reading the file broke off; it was not opened.") from None
    if "error" in told:
        raise BadInput(told["error"])
    return Opened(**told)


def run_child(source: IO[str], sink: IO[str]) -> None:
    """Open one ordered file in this process and tell what came of it as JSON."""
    from .errors import BAD_INPUT

    os.nice(19)
    order = json.load(source)
    try:
        opened = open_elsewhere(
            Path(order["file"]),
            Path(order["draft"]),
            order["actor"],
            limit=PAGE_LIMIT,
            seconds=PAGE_SECONDS,
        )
    except BAD_INPUT as error:
        json.dump({"error": str(error.args[0])}, sink)
        return
    json.dump(asdict(opened), sink)


def main() -> None:
    """Be the child process."""
    run_child(sys.stdin, sys.stdout)
