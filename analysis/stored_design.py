"""What a wave asked and how it was randomised, told without reading a single answer."""

from dataclasses import dataclass

from sqlite_utils import Database

from .design import Outcome
from .mapping_toml import parse_mapping
from .responses import find_import
from .stored_allocation import find_receipt


@dataclass(frozen=True)
class Asked:
    """The outcomes, arms and covariates of a wave; `columns` are all that its frame has."""

    outcomes: tuple[Outcome, ...]
    arms: tuple[str, ...]
    covariates: tuple[str, ...]
    columns: frozenset[str]


def asked_of(db: Database, wave_id: int) -> Asked | None:
    """Return what is known of a wave: of its answers, or of its allocation; None without either."""
    receipt, found = find_receipt(db, wave_id), find_import(db, wave_id)
    if found is None:
        return Asked((), receipt["arms"], (), frozenset()) if receipt else None
    mapping = parse_mapping(found["mapping"])
    rows = list(
        db.query(
            "SELECT o.*, coalesce(i.key, '') AS issue FROM outcome o"
            " LEFT JOIN issue i ON i.id = o.issue_id WHERE o.import_id = ? ORDER BY o.position",
            [found["id"]],
        )
    )
    outcomes = tuple(
        Outcome(
            row["key"], row["issue"], row["measure"], row["scale"],
            asked=row["asked"], refers_to=row["refers_to"],
        )
        for row in rows
    )  # fmt: skip
    columns = {o.key for o in outcomes} | set(mapping.others)
    columns |= {"respondent", "area", "arm", "weight", "group_member"}
    arms = receipt["arms"] if receipt else mapping.arms
    return Asked(outcomes, arms, mapping.covariates, frozenset(columns))
