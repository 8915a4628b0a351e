"""Moving a code: under another, to the top, and among its neighbours."""

from sqlite_utils import Database

from .checks import Row
from .codebook import check_revision, get_code, update_code
from .codebook_closing import check_open
from .errors import BadInput


def move_code(
    db: Database,
    code_id: int,
    parent_id: int | None,
    before_id: int | None = None,
    revision: int | None = None,
) -> int:
    """Move a code with all that is nested under it; returns its new revision.

    It comes before `before_id`, one of the codes there, or last. Raises Conflict where somebody
    changed it since `revision`, and BadInput where it would be nested under itself.
    """
    check_open(db)
    code = get_code(db, code_id)
    if revision is not None:
        check_revision(code, revision)
    order = [row for row in _neighbours(db, parent_id) if row["id"] != code_id]
    places = [row["id"] for row in order]
    if before_id is not None and before_id not in places:
        raise BadInput("The code to stand before is not at that place; look at the codebook anew.")
    place = len(order) if before_id is None else places.index(before_id)
    new = update_code(db, code_id, code["revision"], parent_id=parent_id)
    order.insert(place, get_code(db, code_id))
    for position, row in enumerate(order, 1):
        if row["position"] != position:
            db.table("code").update(row["id"], {"position": position})
    return new


def step_code(db: Database, code_id: int, step: int, revision: int | None = None) -> int:
    """Move a code one place up (-1) or down (1) among its neighbours."""
    code = get_code(db, code_id)
    order = [row["id"] for row in _neighbours(db, code["parent_id"])]
    place = order.index(code_id) + step
    if not 0 <= place < len(order):
        end = "first" if step < 0 else "last"
        raise BadInput(f"“{code['name']}” stands {end} already.")
    order.remove(code_id)
    after = order[place:]
    return move_code(db, code_id, code["parent_id"], after[0] if after else None, revision)


def _neighbours(db: Database, parent_id: int | None) -> list[Row]:
    found = db.table("code").rows_where("parent_id IS ?", [parent_id], order_by="position, id")
    return [dict(row) for row in found]
