"""Which topics a page is about: what the address or a form asks for, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from coding.checks import get
from coding.errors import BadInput
from coding.groups import PHASE_NAMES
from coding.topics import UNITS, Asked, Kept, kept_topics, last_asked
from linkage import areas

from ...current import study
from ..transcripts.place import number

PHASES = {**PHASE_NAMES, "all": "Both"}
ONE_AREA = "Topics are found in the words of one of your areas at a time; choose one."


def read_asked(form: Mapping[str, str]) -> Asked:
    """Read the question of a form or an address; who is limited to areas must name one."""
    if not form.get("unit"):
        raise BadInput(f"Say what is compared: {' or '.join(UNITS)}.")
    area_id = number(form, "of", "The area") or 0
    if area_id:
        get(study().db, "area", area_id, "area")
    elif study().scope.areas is not None:
        raise BadInput(ONE_AREA)
    seed = number(form, "seed", "The seed")
    return Asked(
        unit=form["unit"],
        number=number(form, "number", "The number of topics") or 0,
        seed=1 if seed is None else seed,
        guided=bool(form.get("guided")),
        phase=form.get("phase") or "source",
        area_id=area_id,
    ).checked()


def address(asked: Asked) -> dict[str, Any]:
    """Write a question as an address says it; blank is what is usual."""
    values = asdict(asked)
    values["of"], values["guided"] = values.pop("area_id"), "1" if asked.guided else None
    return {name: value for name, value in values.items() if value or name == "seed"}


def current_topics(db: Database, args: Mapping[str, str]) -> tuple[Asked, Kept | None]:
    """Return the question of the address, or else the last one, and what was found."""
    asked = read_asked(args) if args.get("unit") else last_asked(db) or Asked()
    if asked.area_id == 0 and study().scope.areas is not None:
        return Asked(area_id=min(study().scope.areas or {0})), None
    return asked, kept_topics(db, asked)


def options(db: Database) -> dict[str, list[tuple[Any, str]]]:
    """List what the form offers."""
    named = [(row["id"], row["name"]) for row in areas.areas(db)]
    whole = [] if study().scope.areas is not None else [("", "All areas")]
    return {
        "of": [*whole, *named],
        "area": [("", "All areas"), *named],
        "unit": list(UNITS.items()),
        "phase": list(PHASES.items()),
    }
