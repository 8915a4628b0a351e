"""Whether the arms are alike among those who answered, in what was asked before the nudge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlite_utils import Database

from coding.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Design


def asked_before(design: Design) -> list[str]:
    """List what cannot have responded: covariates, and outcomes asked before or of the past."""
    found = [outcome.values for outcome in design.outcomes if not outcome.can_respond]
    return list(dict.fromkeys([*design.covariates, *found]))


def can_compare(db: Database, wave_id: int) -> bool:
    """Whether a wave's answers have anything that was asked before the nudge."""
    from analysis.mapping_toml import parse_mapping
    from analysis.responses import find_import

    found = find_import(db, wave_id)
    if found is None:
        return False
    mapping = parse_mapping(found["mapping"])
    return bool(mapping.covariates) or any(not o.outcome.can_respond for o in mapping.outcomes)


def answered_balance(
    db: Database, wave_id: int, draws: int | None = None, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Compare the arms of a wave's answers in what the nudges cannot have changed.

    Returns differences and tests as `analysis.balance.balance_by_place`, and a sentence for each
    column that cannot be compared. Arms are permuted as the recorded allocation did, as often as
    a page can wait for where `draws` is absent. Raises BadInput where the wave has no answers or
    no such column.
    """
    from analysis.balance import balance_by_place, draws_for
    from analysis.responses import load_responses

    frame, design = load_responses(db, wave_id)
    columns = asked_before(design)
    if not columns:
        raise BadInput(
            "The answers of this wave have no covariates and no outcomes asked before the nudge; "
            "mark such columns in the mapping to compare the arms by them."
        )
    covariates, names, notes = _usable(frame, columns)
    if not names:
        raise BadInput(" ".join(notes))
    short = {name: f"x{i}" for i, name in enumerate(names)}  # a column may be called “arm”
    needed = list(dict.fromkeys([design.area, design.arm, *design.strata, design.cluster or "arm"]))
    both = frame[needed].join(covariates.rename(columns=short))
    asked = replace(design, outcomes=(), covariates=tuple(short.values()))
    rows, tests = balance_by_place(both, asked, draws or draws_for(len(both)), seed)
    back = {name: long for long, name in short.items()}
    return rows.assign(covariate=rows["covariate"].map(back)), tests, notes


def _usable(frame: pd.DataFrame, columns: list[str]) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Read what can be compared, and say of each column that cannot."""
    import pandas as pd

    from analysis.balance import as_covariates

    parts, notes = [], []
    for name in columns:
        try:
            parts.append(as_covariates(frame, [name])[0])
        except ValueError as error:
            notes.append(str(error))
    found = pd.concat(parts, axis=1) if parts else pd.DataFrame(index=frame.index)
    return found, [str(name) for name in found.columns], notes
