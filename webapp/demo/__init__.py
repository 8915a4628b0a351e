"""The demonstration study: fictional talk and simulated answers, through a user's own functions."""

import csv
import hashlib
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database

from coding.finishing import finish
from coding.transcripts import text
from linkage import areas
from linkage.study import prepare_study, writing

from ..instance import Instance
from . import messages, talk

KEY = "demo"
NAME = "Neighbours acting together"
NOTICE = "Demonstration study: areas, people and words are invented, survey answers are simulated."
TRUTH = (
    "What the simulation put in: the local story adds about 0.4 hours a month with others in "
    "Aldercroft and Hollin Vale, 0.1 in Marlowe Reach, none in Tarnbridge; typical time adds "
    "about 0.1 hours alone in Aldercroft and Hollin Vale (webapp/demo/survey.py)."
)
HERE = Path(__file__).parent
BUILDER = "demonstration"
ALLOCATED_ON = date(2025, 5, 12)
AREAS = {
    "marlowe-reach": ("Marlowe Reach", "London borough"),
    "aldercroft": ("Aldercroft", "metropolitan borough"),
    "tarnbridge": ("Tarnbridge", "large town"),
    "hollin-vale": ("Hollin Vale", "rural area"),
}
ISSUES = {
    "health": "Health",
    "safety": "Community safety",
    "environment": "Local environment",
}
Say = Callable[[str], None]


def build_demo(place: Instance, say: Say) -> None:
    """Build the demonstration study unless it is there already; a build that fails leaves none."""
    path = place.path / "studies" / f"{KEY}.db"
    if path.exists():
        say("The demonstration study is there already.")
        return
    draft = path.with_suffix(".building")
    for left in path.parent.glob(f"{draft.name}*"):
        left.unlink()
    db = prepare_study(draft, NAME)
    _fill(db, say)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    draft.rename(path)
    place.catalogue.list_study(KEY, NAME)
    say(f"The demonstration study is built. {TRUTH}")


def _fill(db: Database, say: Say) -> None:
    say("Building the demonstration study: areas, issues and codebook …")
    with writing(db, BUILDER, "set up the study"):
        db.table("study").update(1, {"notice": NOTICE})
        for key, (name, kind) in AREAS.items():
            areas.add_area(db, key, name, kind)
        for key, name in ISSUES.items():
            areas.add_issue(db, key, name)
        areas.add_wave(db, "1", "Wave 1, summer 2025")
    with writing(db, BUILDER, "write the codebook"):
        codes = talk.add_codebook(db, tomllib.loads((HERE / "codebook.toml").read_text("utf-8")))
    for area in AREAS:
        say(f"{AREAS[area][0]}: transcripts, codings, stories and messages …")
        _add_area(db, area, codes)
    say("Survey: allocation, simulated answers …")
    _add_survey(db)


def _add_area(db: Database, area: str, codes: dict[str, int]) -> None:
    folder = HERE / area
    area_id, wave_id = areas.find_area(db, area)["id"], areas.find_wave(db, "1")["id"]
    groups = tomllib.loads((folder / "groups.toml").read_text("utf-8"))["group"]
    with writing(db, BUILDER, f"import the transcripts of {AREAS[area][0]}"):
        files = {
            group["file"]: talk.add_group_talk(db, folder, group, area_id, wave_id)
            for group in groups
        }
    with (folder / "codings.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for coder in sorted({row["coder"] for row in rows}):
        own = [row for row in rows if row["coder"] == coder]
        with writing(db, coder, f"code {AREAS[area][0]}"):
            talk.add_codings(db, files, own, coder, codes)
            for transcript_id in files.values():
                finish(db, transcript_id, areas.ensure_coder(db, coder))
    with writing(db, "Priya Nair", f"mark the stories of {AREAS[area][0]}"):
        stories = messages.add_stories(db, folder, files, area_id)
    with writing(db, "Tom Ellis", f"write the messages of {AREAS[area][0]}"):
        messages.add_messages(db, folder, stories, area_id, wave_id)


def _add_survey(db: Database) -> None:
    from linkage.survey import import_survey
    from linkage.waves import allocate_wave

    from . import survey

    frame = survey.sampling_frame()
    arms = ("none", "A", "B", "A+B")
    with writing(db, BUILDER, "allocate wave 1", kind="fixed"):
        allocated = allocate_wave(
            db,
            "1",
            frame,
            ["area"],
            arms,
            survey.ALLOCATION_SEED,
            ALLOCATED_ON,
            balance=["age"],
        )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "wave1.csv"
        survey.simulate_answers(frame, allocated).to_csv(file, index=False)
        import_survey(
            db,
            wave_key="1",
            path=file,
            mapping_toml=(HERE / "mapping.toml").read_text("utf-8"),
            actor=BUILDER,
        )


def fingerprint(db: Database) -> str:
    """Return a hash of everything the demonstration computes from: the same on every machine."""
    tables: list[Any] = [
        [(text(db, row["id"]),) for row in db.table("transcript").rows_where(order_by="id")],
        db.execute(
            "SELECT start, end, quote, code_id, coder_id FROM coding ORDER BY id"
        ).fetchall(),
        db.execute("SELECT respondent, arm FROM allocation ORDER BY id").fetchall(),
    ]
    return hashlib.sha256(repr(tables).encode()).hexdigest()
