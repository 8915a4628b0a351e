"""The codebook of one study, carried into another as the same codes."""

from sqlite_utils import Database

from .checks import Row, now
from .codebook import codebook

CARRIED = ("guid", "name", "colour", "definition", "include", "exclude", "position")


def copy_codebook(source: Database, target: Database) -> int:
    """Copy all codes into an empty codebook and return how many there are.

    GUIDs stay, so that codebooks with one root can be compared and merged later. Examples stay
    behind: they are mostly what somebody said.
    """
    ids: dict[int | None, int | None] = {None: None}
    for row in codebook(source):
        copied: Row = {name: row[name] for name in CARRIED}
        copied |= {"parent_id": ids[row["parent_id"]], "created_at": now()}
        ids[row["id"]] = int(target.table("code").insert(copied).last_pk or 0)
    return len(ids) - 1
