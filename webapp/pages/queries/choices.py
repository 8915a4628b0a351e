"""What a query asks for, read from the address and checked once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from sqlite_utils import Database

from coding import codebook
from coding.checks import get
from coding.errors import BadInput
from coding.groups import PHASE_NAMES
from linkage import areas

from ...arguments import whole_argument
from ...current import study
from ...permissions import NotAllowed, may

PHASES = {"source": PHASE_NAMES["source"], "test": PHASE_NAMES["test"], "all": "Both"}
Pairs = list[tuple[Any, str]]


def row_asked(name: str, table: str = "") -> dict[str, Any] | None:
    """Return the row that the address names; raises NotFound where it names nothing."""
    number = whole_argument(name)
    return None if number is None else get(study().db, table or name, number, table or name)


def id_asked(name: str, table: str = "") -> int | None:
    """Return the number of the row that the address names."""
    row = row_asked(name, table)
    return None if row is None else int(row["id"])


def one_of(name: str, known: Mapping[str, Any], default: str) -> str:
    """Return which of the known the address asks for."""
    given = request.args.get(name, "").strip() or default
    if given not in known:
        raise BadInput(
            f"“{given[:40]}” is none of {', '.join(known)}; mend “{name}” in the address."
        )
    return given


def phase_asked() -> str | None:
    """Return the phase of the groups; None is both, and the address says nothing for source."""
    phase = one_of("phase", PHASES, "source")
    return None if phase == "all" else phase


def attribute_asked() -> tuple[str, str] | None:
    """Return a name and a value of what is recorded about speakers."""
    given = request.args.get("attribute", "").strip()
    if not given:
        return None
    check_people()
    name, found, value = given.partition("=")
    if not found:
        raise BadInput("An attribute is asked for as name=value, such as gender=woman.")
    return name, value


def check_people() -> None:
    """Refuse what is recorded about speakers to those who may not see their pages."""
    if not may("see people"):
        raise NotAllowed("What is recorded about speakers is not yours to see.")


def asked() -> dict[str, str]:
    """Return what the address asks, blank fields and the page left out."""
    return {name: value for name, value in request.args.items() if value.strip() and name != "page"}


def options(db: Database) -> dict[str, Pairs]:
    """List what the fields that every form has can take."""
    return {
        "code": [(c["id"], "\u2003" * c["depth"] + c["name"]) for c in codebook.codebook(db)],
        "area": [(row["id"], row["name"]) for row in areas.areas(db)],
        "issue": [(row["id"], row["name"]) for row in areas.issues(db)],
        "coder": [(row["id"], row["name"]) for row in areas.coders(db)],
        "phase": list(PHASES.items()),
    }


def told(*parts: str) -> str:
    """Write what limits a query as words: East; before the survey; coded by Ana."""
    return "; ".join(part for part in parts if part)


def limits() -> str:
    """Say which area, phase and coder a query is limited to."""
    area, coder = row_asked("area"), row_asked("coder")
    phase = PHASES[one_of("phase", PHASES, "source")]
    groups = "all groups" if phase == "Both" else f"groups: {phase.lower()}"
    return told(area["name"] if area else "", groups, f"coded by {coder['name']}" if coder else "")
