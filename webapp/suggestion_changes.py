"""Decisions on suggestions as changes of the signed-in person, for pages and JSON alike."""

from typing import Any

from sqlite_utils import Database

from coding import codebook
from coding.errors import BadInput
from coding.suggestions import deciding

from .current import as_coder, study

Row = dict[str, Any]


def decide(
    place: deciding.Place, decision: str, code_id: int | None = None, extent: str = "words"
) -> Row:
    """Accept or reject a suggestion; returns the `id` of the decision and `coding_id`."""
    if decision not in ("accepted", "rejected"):
        raise BadInput("A decision is accepted or rejected.")
    return _accept(place, code_id, extent) if decision == "accepted" else _reject(place)


def _reject(place: deciding.Place) -> Row:
    action = f"reject the suggestion “{code_name(place.code_id)}”"
    change = as_coder(lambda db, coder: deciding.reject(db, coder, place))
    stored: Row = study().change(action, change)
    return stored


def _accept(place: deciding.Place, code_id: int | None, extent: str) -> Row:
    chosen = code_id or place.code_id

    def run(db: Database, coder_id: int) -> Row:
        words = deciding.grow(db, place, extent)
        return deciding.accept(db, coder_id, place, code_id=chosen, words=words)

    action = f"code a suggested passage as “{code_name(chosen)}”"
    stored: Row = study().change(action, as_coder(run))
    return stored


def bring_back(row: Row) -> None:
    """Forget a rejection, so that the suggestion is open again."""
    action = f"bring back the suggestion “{code_name(row['code_id'])}”"
    study().change(action, lambda db: deciding.bring_back(db, row["id"]))


def code_name(code_id: int) -> str:
    """Return the name of a code; raises NotFound where it was deleted."""
    return str(codebook.get_code(study().db, code_id)["name"])
