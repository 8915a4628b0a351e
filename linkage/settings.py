"""A study's settings: its name and notice, and its areas, issues and waves as they are edited."""

from typing import Any

from sqlite_utils import Database

from coding.checks import check_name, check_text, get, now
from coding.errors import BadInput

from .areas import a, check_free, study_row

Row = dict[str, Any]
# The kind of qualitative analysis that a study declares; what a reader must know follows from it.
APPROACHES = {
    "": "Not stated",
    "reflexive": "Reflexive thematic analysis",
    "framework": "Framework analysis",
    "codebook": "Codebook thematic analysis",
    "reliability": "Coding reliability",
}
NOT_SOUGHT = (
    "This study declares a reflexive approach: agreement between coders is not sought, by design."
    " Codings are one reader’s interpretation, and a second reader’s need not be the same."
)
PARTS = ("area", "issue", "wave")
REFERS = {part: f"{part}_id = ?" for part in PARTS}
WORDS = {
    "focus_group": ("focus group", "focus groups"),
    "transcript": ("transcript", "transcripts"),
    "turn": ("turn", "turns"),
    "story": ("story", "stories"),
    "message": ("message", "messages"),
    "allocation_receipt": ("allocation", "allocations"),
    "allocation": ("allocated respondent", "allocated respondents"),
    "allocation_balance": ("table of balance", "tables of balance"),
    "survey_import": ("survey import", "survey imports"),
    "outcome": ("outcome", "outcomes"),
    "answers": ("respondent's answers", "respondents' answers"),
}


def update_study(db: Database, name: str, notice: str, approach: str = "") -> str:
    """Give the study a name, the notice on all its pages and its approach; returns the name.

    A blank notice is none; `approach` is a key of APPROACHES.
    """
    name = check_name(name, "a study")
    if approach not in APPROACHES:
        known = ", ".join(key for key in APPROACHES if key)
        raise BadInput(f"There is no approach “{approach[:40]}”; choose {known}, or none.")
    values = {"notice": check_text(notice, "The notice", 500), "approach": approach}
    db.table("study").update(1, {"name": name, **values})
    return name


def agreement_caveats(db: Database) -> list[str]:
    """Say what the study's approach makes of agreement between coders."""
    reflexive = study_row(db)["approach"] == "reflexive"
    return [NOT_SOUGHT] if reflexive else []


def set_archived(db: Database, archived: bool) -> str | None:
    """Archive the study, which can then only be read, or bring it back; returns since when."""
    since = now() if archived else None
    db.table("study").update(1, {"archived_at": since})
    return since


def update_part(db: Database, part: str, row_id: int, name: str, kind: str | None = None) -> None:
    """Rename an area, issue or wave; its key stays, since commands and mappings know it."""
    row = get(db, part, row_id, part)
    name = check_name(name, a(part))
    check_free(db, part, name, but=row_id)
    values = {"name": name}
    if part == "area" and kind is not None:
        values["kind"] = check_name(kind, "a kind of area", 100) if kind.strip() else ""
    changed = {field: value for field, value in values.items() if value != row[field]}
    if changed:
        db.table(part).update(row_id, changed)


def move_part(db: Database, part: str, row_id: int, by: int) -> None:
    """Move an area, issue or wave up (-1) or down (1) in its list."""
    get(db, part, row_id, part)
    order = [row["id"] for row in list(db.table(part).rows_where(order_by="position, id"))]
    place = order.index(row_id)
    order.insert(max(place + by, 0), order.pop(place))
    for position, moved in enumerate(order, 1):
        if db.table(part).get(moved)["position"] != position:
            db.table(part).update(moved, {"position": position})


def remove_part(db: Database, part: str, row_id: int) -> str:
    """Remove an area, issue or wave that nothing refers to; returns its name."""
    row = get(db, part, row_id, part)
    found = referring(db, part, row_id)
    if found:
        told = ", ".join(f"{count:,} {WORDS.get(t, (t, t))[count > 1]}" for t, count in found)
        raise BadInput(f"“{row['name']}” cannot be removed, since it is in use: {told}.")
    db.table(part).delete(row_id)
    return str(row["name"])


def referring(db: Database, part: str, row_id: int) -> list[tuple[str, int]]:
    """Count, by table, the rows that refer to an area, issue or wave."""
    counts: dict[str, int] = {}
    for table in db.table_names():
        if f"{part}_id" in db.table(table).columns_dict:
            name = "answers" if table.startswith("response_") else table
            count = db.table(table).count_where(REFERS[part], [row_id])
            counts[name] = counts.get(name, 0) + count
    order = list(WORDS)
    named = sorted(counts, key=lambda name: order.index(name) if name in order else len(order))
    return [(name, counts[name]) for name in named if counts[name]]
