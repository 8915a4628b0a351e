"""Focus groups: who met where and when, before the wave's allocation or after it."""

from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from .checks import Row, check_date, check_name, get, insert
from .errors import BadInput

PHASES = ("source", "test")
PHASE_NAMES = {"source": "Before the survey", "test": "Findings tested"}  # as people read them


def add_group(
    db: Database,
    area_id: int,
    name: str,
    phase: str = "source",
    held_on: str | None = None,
    attendance: int | None = None,
    wave_id: int | None = None,
) -> int:
    """Add a focus group to an area."""
    get(db, "area", area_id, "area")
    values = _checked(
        db, name=name, phase=phase, held_on=held_on, attendance=attendance, wave_id=wave_id
    )
    _check_free(db, area_id, values["name"])
    return insert(db, "focus_group", {"area_id": area_id, **values})


def update_group(db: Database, group_id: int, **fields: Any) -> None:
    """Change the name, phase, held_on, attendance or wave_id of a group."""
    group = get(db, "focus_group", group_id, "focus group")
    values = _checked(db, **fields)
    if values.get("name", group["name"]) != group["name"]:
        _check_free(db, group["area_id"], values["name"])
    if values:
        db.table("focus_group").update(group_id, values)


def get_group(db: Database, group_id: int) -> Row:
    """Return one focus group."""
    return get(db, "focus_group", group_id, "focus group")


def list_groups(db: Database, area_id: int | None = None) -> list[Row]:
    """List the focus groups with their area, transcripts and speakers."""
    return list(
        db.query(
            """
            SELECT g.*, a.key AS area, a.name AS area_name, w.key AS wave,
                (SELECT count(*) FROM transcript t WHERE t.focus_group_id = g.id) AS transcripts,
                (SELECT count(*) FROM speaker s WHERE s.focus_group_id = g.id) AS speakers
            FROM focus_group g JOIN area a ON a.id = g.area_id LEFT JOIN wave w ON w.id = g.wave_id
            WHERE :area_id IS NULL OR g.area_id = :area_id
            ORDER BY a.position, g.phase, g.held_on, g.name
            """,
            {"area_id": area_id},
        )
    )


def _checked(db: Database, **fields: Any) -> Row:
    checks: dict[str, Callable[[Any], Any]] = {
        "name": lambda value: check_name(value, "a focus group"),
        "phase": _phase,
        "held_on": lambda value: check_date(value, "The date of the group"),
        "attendance": _attendance,
        "wave_id": lambda value: get(db, "wave", value, "wave")["id"] if value else None,
    }
    unknown = fields.keys() - checks.keys()
    if unknown:
        raise BadInput(f"A focus group has no “{min(unknown)}”; it has {', '.join(checks)}.")
    return {name: checks[name](value) for name, value in fields.items()}


def _phase(phase: str) -> str:
    if phase not in PHASES:
        raise BadInput(f"The phase of a group is source or test, not “{phase[:40]}”.")
    return phase


def _attendance(attendance: int | None) -> int | None:
    if attendance is not None and not 0 <= attendance <= 10_000:
        raise BadInput(f"Attendance is {attendance}; give the number of people, from 0 to 10000.")
    return attendance


def _check_free(db: Database, area_id: int, name: str) -> None:
    if db.table("focus_group").count_where("area_id = ? AND name = ?", [area_id, name]):
        raise BadInput(f"The area has a focus group “{name}” already; choose another name.")
