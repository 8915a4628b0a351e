"""What was asked in a wave and how it was answered: dictionary, quality, response and attrition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.checks import Row
from coding.errors import BadInput

from ..areas import waves
from ..waves import answered_waves, find_wave_id

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Outcome

NOT_ALLOCATED = (
    "No allocation of this wave is stored, so it is not known how many were asked: "
    "shares are of those who responded."
)
CLUSTERED = "The test takes no account of clusters, so where whole clusters respond it is too sure."


def dictionary(db: Database, wave_key: str | None = None) -> pd.DataFrame:
    """Describe every item of a wave (the latest with answers); see `analysis.dictionary`."""
    from analysis.dictionary import data_dictionary
    from analysis.mapping_toml import parse_mapping
    from analysis.responses import load_responses
    from analysis.stored_items import missing_answers, stored_items

    found, wave_id = _import(db, wave_key)
    frame, _ = load_responses(db, wave_id)
    items, missing = stored_items(db, found["id"]), missing_answers(db, found["id"])
    return data_dictionary(frame, parse_mapping(found["mapping"]), items, missing)


def quality(db: Database, wave_key: str | None = None) -> pd.DataFrame:
    """Count what may be wrong with a wave's answers; see `analysis.quality.quality_checks`."""
    return _quality(db, wave_key, "quality_checks")


def missing_by_item(db: Database, wave_key: str | None = None) -> pd.DataFrame:
    """Count a wave's missing answers by item; see `analysis.quality.item_quality`."""
    return _quality(db, wave_key, "item_quality")


def _quality(db: Database, wave_key: str | None, what: str) -> pd.DataFrame:
    from analysis import quality as checks
    from analysis.mapping_toml import parse_mapping
    from analysis.responses import load_responses

    found, wave_id = _import(db, wave_key)
    frame, _ = load_responses(db, wave_id)
    table: pd.DataFrame = getattr(checks, what)(frame, parse_mapping(found["mapping"]))
    return table


@dataclass(frozen=True)
class Response:
    """How many answered, by area and arm.

    Attributes
    ----------
    rates, tests : DataFrame
        As `analysis.response_rates` gives them.
    item : Outcome
        The item whose answers are counted; `items` are all that can be chosen.
    allocated : bool
        Whether an allocation is stored, so that there are shares of those asked.
    notes : list of str
    """

    wave: str
    rates: pd.DataFrame
    tests: pd.DataFrame
    item: Outcome
    items: list[Outcome]
    allocated: bool
    notes: list[str]


def response(db: Database, wave_key: str | None = None, item: str | None = None) -> Response:
    """Count allocated, responded and answered of a wave, for one item (the first where not said).

    Raises
    ------
    BadInput
        Where the wave has no answers, or no such item.
    """
    from analysis.response_rates import invited, response_rates, response_tests
    from analysis.responses import load_responses
    from analysis.stored_allocation import stored_allocation

    _, wave_id = _import(db, wave_key)
    frame, design = load_responses(db, wave_id)
    items = {outcome.key: outcome for outcome in design.outcomes}
    key = item or next(iter(items))
    if key not in items:
        raise BadInput(f"There is no item “{key[:80]}”; there are: {', '.join(items)}.")
    allocation = stored_allocation(db, wave_id)
    people = invited(frame, allocation, key)
    known = allocation is not None
    notes = [*([] if known else [NOT_ALLOCATED]), *([CLUSTERED] if design.cluster else [])]
    if strangers := int(frame["arm"].isna().sum()):
        notes.append(f"{strangers:,} who responded are not in the allocation and not counted.")
    return Response(
        _key(db, wave_id),
        response_rates(people, design.arms, known),
        response_tests(people, design.arms, known),
        items[key], list(items.values()), known, notes,
    )  # fmt: skip


def carried(db: Database, wave_key: str | None = None) -> list[Row]:
    """Say for each other wave with answers how many of its respondents answered this one too.

    Returns a list of dicts: wave (row), counts (arm, before, again, share) and test; earlier
    waves only.
    """
    from analysis.response_rates import carried_over
    from analysis.responses import load_responses

    _, wave_id = _import(db, wave_key)
    later, _ = load_responses(db, wave_id)
    there, found = answered_waves(db), []
    for wave in waves(db):
        if wave["id"] == wave_id:
            break
        if wave["id"] in there:
            before, design = load_responses(db, wave["id"])
            counts, test = carried_over(before, later, design.arms)
            found.append({"wave": wave, "counts": counts, "test": test})
    return found


def _import(db: Database, wave_key: str | None) -> tuple[dict[str, Any], int]:
    from analysis.responses import find_import

    wave_id = find_wave_id(db, wave_key)
    found = find_import(db, wave_id)
    if found is None:
        raise BadInput("This wave has no answers yet; import a survey file.")
    return found, wave_id


def _key(db: Database, wave_id: int) -> str:
    return next(str(row["key"]) for row in waves(db) if row["id"] == wave_id)
