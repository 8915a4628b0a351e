"""A code's example, taken from its quotes."""

from sqlite_utils import Database

from .codebook import check_revision, get_code, update_code
from .codings import get_coding
from .errors import BadInput


def use_as_example(db: Database, code_id: int, coding_id: int, revision: int | None = None) -> int:
    """Make the words of a coding the example of its code; returns the code's new revision.

    Raises BadInput where the coding is another code's, and Conflict where somebody changed the code
    since `revision`.
    """
    code = get_code(db, code_id)
    if revision is not None:
        check_revision(code, revision)
    coding = get_coding(db, coding_id)
    if coding["code_id"] != code_id:
        raise BadInput(f"The quote is no longer one of “{code['name']}”; choose another.")
    return update_code(db, code_id, code["revision"], example=coding["quote"])
