"""Where imported transcripts belong: a focus group that is known, or a new one in an area."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from coding import groups
from coding.errors import BadInput
from linkage import areas

FIELDS = ("group", "area", "name", "phase", "held_on", "attendance", "wave", "issue")
PHASES = {
    "source": f"{groups.PHASE_NAMES['source']}: talk about the area",
    "test": f"{groups.PHASE_NAMES['test']}: answers to findings of the survey",
}


@dataclass(frozen=True)
class Place:
    """What the form says; without a group, a new one is made in the area."""

    group_id: int | None
    area_id: int | None
    name: str
    told: dict[str, Any]
    issue_id: int | None


def choices(db: Database) -> dict[str, Any]:
    """List what the form can offer."""
    return {
        "areas": [(row["id"], row["name"]) for row in areas.areas(db)],
        "groups": [
            (row["id"], f"{row['area_name']}: {row['name']}") for row in groups.list_groups(db)
        ],
        "issues": [(row["id"], row["name"]) for row in areas.issues(db)],
        "waves": [(row["id"], row["name"]) for row in areas.waves(db)],
        "phases": list(PHASES.items()),
    }


def read_place(form: Mapping[str, str]) -> Place:
    """Read the place from the form; raises BadInput where neither group nor area is chosen."""
    group_id, area_id = number(form, "group", "The group"), number(form, "area", "The area")
    if group_id is None and area_id is None:
        raise BadInput("Choose the area in which the new focus group met, or a group that exists.")
    name = form.get("name", "").strip()
    return Place(group_id, area_id, name, told(form), number(form, "issue", "The issue"))


def told(form: Mapping[str, str]) -> dict[str, Any]:
    """Read what a form tells of a focus group besides its name."""
    return {
        "phase": form.get("phase") or "source",
        "held_on": form.get("held_on"),
        "attendance": number(form, "attendance", "Attendance"),
        "wave_id": number(form, "wave", "The wave"),
    }


def number(form: Mapping[str, str], field: str, what: str) -> int | None:
    """Read a whole number from a form; blank is none."""
    text = form.get(field, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise BadInput(f"{what} is “{text[:40]}”; write a whole number, such as 7.")
    return int(text)


def find_or_add_group(db: Database, place: Place, title: str, made: dict[str, int]) -> int:
    """Return the group of a transcript; one without a name is called like the transcript."""
    if place.group_id is not None:
        return place.group_id
    assert place.area_id is not None  # read_place saw to it
    name = place.name or title
    if name not in made:
        made[name] = groups.add_group(db, place.area_id, name, **place.told)
    return made[name]
