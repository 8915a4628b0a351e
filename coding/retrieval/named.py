"""Find a code by what people call it."""

from sqlite_utils import Database

from ..codebook import codebook
from ..errors import BadInput, NotFound


def named_code(db: Database, name: str) -> int:
    """Return the number of a code by name, by path (“Theme › Code”) or by number.

    Raises NotFound where there is none, and BadInput where several go by the name.
    """
    codes = codebook(db)
    wanted = " ".join(name.split()).casefold()
    found = [row for row in codes if wanted in (row["path"].casefold(), str(row["id"]))]
    found = found or [row for row in codes if row["name"].casefold() == wanted]
    if not found:
        raise NotFound(f"There is no code “{name[:80]}” in this study.")
    if len(found) > 1:
        paths = "; ".join(row["path"] for row in found)
        raise BadInput(f"“{name[:80]}” is the name of several codes; say one of: {paths}.")
    return int(found[0]["id"])
