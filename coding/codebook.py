"""The codebook: a tree of codes; a theme is a code together with all codes nested under it."""

import re
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlite_utils import Database

from . import colours
from .checks import Row, check_name, check_text, get, insert, now
from .codebook_closing import check_open
from .errors import BadInput, Conflict

# At least 4.5 to 1 on white, told apart by people who see colours differently.
PALETTE = ("#b84a33", "#2a747b", "#7f6419", "#5b4b9e", "#3b7a3f", "#a23b72")
COLOUR = re.compile(r"#[0-9a-f]{6}")
TEXTS = {
    "definition": "The definition",
    "include": "The rule when to include",
    "exclude": "The rule when to exclude",
    "example": "The example",
}


def add_code(
    db: Database,
    name: str,
    parent_id: int | None = None,
    colour: str | None = None,
    definition: str = "",
    include: str = "",
    exclude: str = "",
    example: str = "",
) -> int:
    """Add a code; a theme takes the next colour of the palette, a nested code its parent's."""
    check_open(db)
    parent = get(db, "code", parent_id, "code") if parent_id is not None else None
    texts = {"definition": definition, "include": include, "exclude": exclude, "example": example}
    fields = _checked({"name": name, **texts})
    _check_free(db, fields["name"], parent_id)
    if colour:
        colours.check_contrast(_colour(colour))
    siblings = db.table("code").count_where("parent_id IS ?", [parent_id])
    default = parent["colour"] if parent else PALETTE[siblings % len(PALETTE)]
    row = {
        **fields,
        "guid": str(uuid.uuid4()),
        "parent_id": parent_id,
        "colour": _colour(colour) if colour else default,
        "position": _next_position(db, parent_id),
        "created_at": now(),
    }
    return insert(db, "code", row)


def get_code(db: Database, code_id: int) -> Row:
    """Return one code."""
    return get(db, "code", code_id, "code")


def update_code(db: Database, code_id: int, revision: int, **fields: Any) -> int:
    """Change a code that nobody else has changed since `revision`; returns the new revision.

    Raises Conflict, with the code as it is now, where somebody has.
    """
    check_open(db)
    code = get(db, "code", code_id, "code")
    check_revision(code, revision)
    values = _checked(fields)
    if "parent_id" in values:
        _check_parent(db, code, values["parent_id"])
    after = {**code, **values}
    _check_free(db, after["name"], after["parent_id"], but=code_id)
    changed = {field: value for field, value in values.items() if value != code[field]}
    if "colour" in changed:
        colours.check_contrast(changed["colour"])
    if not changed:
        return revision
    db.table("code").update(code_id, {**changed, "revision": revision + 1})
    return revision + 1


def delete_code(db: Database, code_id: int, revision: int | None = None) -> None:
    """Delete a code with its codings and memos; refused while codes are nested under it.

    Raises Conflict where somebody has changed it since `revision`, if that is given.
    """
    check_open(db)
    code = get(db, "code", code_id, "code")
    if revision is not None:
        check_revision(code, revision)
    nested = db.table("code").count_where("parent_id = ?", [code_id])
    if nested:
        raise BadInput(
            f"“{code['name']}” has {nested} nested code{'s'[: nested > 1]}; "
            "move or delete what is nested first."
        )
    db.table("code").delete(code_id)


def check_revision(code: Row, revision: int) -> None:
    """Raise Conflict where somebody has changed a code since a revision."""
    if code["revision"] != revision:
        raise Conflict(
            f"Somebody else changed the code “{code['name']}” meanwhile; "
            "look at it as it is now and decide again.",
            current=code,
        )


def codebook(db: Database) -> list[Row]:
    """List all codes in the order of the tree, with theme, depth, path and codings.

    `codings` counts the code and all codes nested under it, `own_codings` the code alone.
    """
    return arrange(
        list(
            db.query(
                """SELECT k.*, (SELECT count(*) FROM coding c WHERE c.code_id = k.id) AS own_codings
                   FROM code k ORDER BY k.position, k.id"""
            )
        )
    )


def arrange(codes: list[Row]) -> list[Row]:
    """Put codes that know their parents and own codings in the order of the tree."""
    children: dict[int | None, list[Row]] = {}
    for row in codes:
        children.setdefault(row["parent_id"], []).append(row)
    ordered = list(_walk(children, None))
    for row in reversed(ordered):
        row["codings"] = row["own_codings"] + sum(c["codings"] for c in children.get(row["id"], []))
    return ordered


def themes(db: Database) -> dict[int, int]:
    """Map every code to its theme, the code at the top of its branch."""
    rows = db.execute(
        """WITH RECURSIVE branch (id, theme_id) AS (
               SELECT id, id FROM code WHERE parent_id IS NULL
               UNION ALL SELECT k.id, b.theme_id FROM code k JOIN branch b ON k.parent_id = b.id
           ) SELECT id, theme_id FROM branch"""
    ).fetchall()
    return dict(rows)


def looped_codes(db: Database) -> list[Row]:
    """List the codes that no theme reaches: they are nested under themselves."""
    reached = themes(db)
    return [dict(row) for row in db.table("code").rows if row["id"] not in reached]


def _walk(children: dict[int | None, list[Row]], parent: Row | None) -> Iterator[Row]:
    for row in children.get(parent["id"] if parent else None, []):
        row["depth"] = parent["depth"] + 1 if parent else 0
        row["theme_id"] = parent["theme_id"] if parent else row["id"]
        row["theme"] = parent["theme"] if parent else row["name"]
        row["path"] = f"{parent['path']} › {row['name']}" if parent else row["name"]
        yield row
        yield from _walk(children, row)


def _next_position(db: Database, parent_id: int | None) -> int:
    found = db.execute("SELECT max(position) FROM code WHERE parent_id IS ?", [parent_id])
    return int(found.fetchone()[0] or 0) + 1


def _checked(fields: Row) -> Row:
    checks: dict[str, Callable[[Any], Any]] = {
        "name": lambda value: check_name(value, "a code"),
        "colour": _colour,
        "parent_id": lambda value: value,
        "position": int,
        **{field: partial(check_text, what=what) for field, what in TEXTS.items()},
    }
    unknown = fields.keys() - checks.keys()
    if unknown:
        raise BadInput(f"A code has no “{min(unknown)}”; it has {', '.join(checks)}.")
    return {field: checks[field](value) for field, value in fields.items()}


def _colour(colour: str) -> str:
    colour = colour.strip().lower()
    if not COLOUR.fullmatch(colour):
        raise BadInput(f"“{colour[:40]}” is not a colour; write it as #rrggbb, such as #2a747b.")
    return colour


def _check_free(db: Database, name: str, parent_id: int | None, but: int = 0) -> None:
    if db.table("code").count_where(
        "parent_id IS ? AND name = ? AND id <> ?", [parent_id, name, but]
    ):
        raise BadInput(f"There is a code “{name}” at this place already; choose another name.")


def _check_parent(db: Database, code: Row, parent_id: int | None) -> None:
    above = parent_id
    while above is not None:
        if above == code["id"]:
            raise BadInput(f"“{code['name']}” cannot be nested under itself; choose another place.")
        above = get(db, "code", above, "code")["parent_id"]
