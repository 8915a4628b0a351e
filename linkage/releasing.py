"""Disclosure control: what a table may say when it leaves the study."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from analysis.disclosure.shapes import Shape

from .emptying import FEWEST_DEGREES, empty_cells
from .releases import THRESHOLD, read_ledger, threshold_of

if TYPE_CHECKING:
    import pandas as pd

    from analysis.disclosure.tidy import Hidden

SYMBOL = "[c]"
# Which hidden cell counts few and which is hidden for its sake is never told row by row: whoever
# knew it could narrow the hidden number again.
WORDS = {
    "few": "fewer than {threshold} respondents, or needed to keep such a number hidden",
    "differing": "differs by fewer than {threshold} respondents from a table that has left",
    "hidden before": "suppressed in a table that has left",
    "stuck": "too much of this is known from tables that have left",
    "share": "a share that means fewer than {threshold} respondents",
    "df": f"fewer than {FEWEST_DEGREES} residual degrees of freedom",
    "dominated": "one or two respondents give most of it, or needed to keep such a number hidden",
}


@dataclass(frozen=True)
class Controlled:
    """A table that may leave, with a column `suppressed` of reasons, and sentences about it.

    `hidden` marks the emptied cells; `body`, `reasons` and `cells` are what the ledger keeps.
    """

    frame: pd.DataFrame
    notes: list[str]
    hidden: pd.DataFrame | None = None
    reasons: dict[str, int] = field(default_factory=dict)
    cells: int = 0
    body: str = "[]"
    threshold: int = THRESHOLD

    def saying(self, column: str, sentence: str) -> Controlled:
        """Return the same with one more note, which stands in a column too: a csv has no notes."""
        hidden = None if self.hidden is None else self.hidden.assign(**{column: False})
        frame = self.frame.assign(**{column: sentence})
        return replace(self, frame=frame, hidden=hidden, notes=[*self.notes, sentence])

    @property
    def marked(self) -> pd.DataFrame:
        """The table with the symbol of suppression in its emptied cells."""
        if self.hidden is None or not self.hidden.to_numpy().any():
            return self.frame
        told = self.frame.astype(object)
        return told.mask(self.hidden, SYMBOL)


def control(db: Database, frame: pd.DataFrame, shape: Shape) -> Controlled:
    """Suppress what could tell of single respondents, alone or beside what has left already.

    Parameters
    ----------
    frame : DataFrame
        One row a cell; see `Shape`. A row without any count is left as it is.

    Returns
    -------
    Controlled
        Emptied cells are None. A row that loses a count loses every number that could rest on it.
    """
    from analysis.disclosure.tidy import hide_counts

    from .releases import to_body

    threshold = threshold_of(db)
    frame = frame.reset_index(drop=True)
    frame = shape.prepare(frame) if shape.prepare else frame
    found = hide_counts(frame, shape, threshold, read_ledger(db))
    hidden, row_reasons = empty_cells(frame, shape, found, threshold)
    aside = [c for c in frame if c == shape.dominated or str(c).startswith("_")]
    frame = frame.drop(columns=aside)
    hidden = hidden[frame.columns]
    told = frame.astype(dict.fromkeys(hidden.columns[hidden.any()], object)).mask(hidden, None)
    told["suppressed"] = [_sentence(reasons, threshold) for reasons in row_reasons]
    return Controlled(
        told,
        _notes(hidden, row_reasons, threshold),
        hidden.assign(suppressed=False),
        _count(found, row_reasons),
        _counts(frame, shape),
        to_body(found.released),
        threshold,
    )


def _counts(frame: pd.DataFrame, shape: Shape) -> int:
    return int(frame[[c for c in shape.counts if c in frame]].notna().to_numpy().sum())


def _sentence(reasons: list[str], threshold: int) -> str:
    said = [WORDS[reason].format(threshold=threshold) for reason in reasons]
    return f"{SYMBOL}: {'; '.join(said)}" if said else ""


def _count(found: Hidden, row_reasons: list[list[str]]) -> dict[str, int]:
    """Count the hidden numbers by reason, for those who look after the study."""
    told: Counter[str] = Counter(found.reasons.get(place, "for others") for place in found.places)
    told += Counter(r for reasons in row_reasons for r in reasons if r in ("df", "dominated"))
    return dict(told)


def _notes(hidden: Any, row_reasons: list[list[str]], threshold: int) -> list[str]:
    numbers, rows = int(hidden.to_numpy().sum()), sum(bool(reasons) for reasons in row_reasons)
    if not numbers:
        return []
    said = [f"{SYMBOL} stands for a suppressed number, which is not 0; {numbers:,} are suppressed."]
    if rows:
        given = [key for key in WORDS if any(key in reasons for reasons in row_reasons)]
        why = "; ".join(WORDS[key].format(threshold=threshold) for key in given)
        said.append(
            f"Suppressed in {rows:,} of {len(hidden):,} rows, so that nobody can be read out of "
            f"the table: {why}. With a count go the shares, means and estimates that rest on it."
        )
    if numbers and not all(row_reasons[i] for i in _rows_hit(hidden)):
        said.append(f"How many did not answer is suppressed where they are fewer than {threshold}.")
    return said


def _rows_hit(hidden: Any) -> list[int]:
    """List the rows that have a hidden cell."""
    return [int(row) for row in hidden.any(axis=1).to_numpy().nonzero()[0]]


__all__ = ["SYMBOL", "Controlled", "Shape", "control"]
