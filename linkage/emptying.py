"""Which cells of a row go with a count that is hidden, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from analysis.disclosure.shapes import Shape
    from analysis.disclosure.tidy import Hidden

FEWEST_DEGREES = 10  # of freedom, of a model whose numbers may leave


def empty_cells(
    frame: pd.DataFrame, shape: Shape, found: Hidden, threshold: int
) -> tuple[pd.DataFrame, list[list[str]]]:
    """Mark the cells to empty, and name each row's reasons (keys of `releasing.WORDS`)."""
    import numpy as np
    import pandas as pd

    reasons: list[list[str]] = [[] for _ in range(len(frame))]
    places = {str(column): place for place, column in enumerate(frame.columns)}
    resting = [places[str(column)] for column in _resting(frame, shape)]
    gone = np.zeros(frame.shape, dtype=bool)
    for number, column in sorted(found.places):
        reason = found.reasons.get((number, column), "few")
        if column in places:
            gone[number, [places[column], *resting]] = True
        else:
            gone[number, places[column.rsplit(" ", 1)[0]]] = True
            reason = "share" if reason == "few" else reason
        _tell(reasons[number], reason)
    hidden = pd.DataFrame(gone, index=frame.index, columns=frame.columns)
    _few_missing(frame, shape, hidden, threshold)
    _values_alone(frame, shape, hidden, reasons, threshold)
    # What was empty before is not suppressed.
    return hidden & frame.notna(), reasons


def _tell(reasons: list[str], reason: str) -> None:
    if reason not in reasons:
        reasons.append(reason)


def _resting(frame: pd.DataFrame, shape: Shape) -> list[Any]:
    """List the numbers that could rest on a count: those named, and every one nobody named."""
    named = {*shape.by, *(c for c in shape.counts if not shape.counts_missing(c)), shape.dominated}
    return [
        column
        for column in frame.columns
        if column not in named
        and (
            column in shape.values
            or column in shape.shares
            or column in shape.counts
            or is_number(frame[column])
        )
    ]


def _few_missing(frame: pd.DataFrame, shape: Shape, hidden: pd.DataFrame, threshold: int) -> None:
    for column in (c for c in frame.columns if shape.counts_missing(str(c))):
        if column not in shape.by and is_number(frame[column]):
            hidden[column] |= frame[column].gt(0) & frame[column].lt(threshold)


def _values_alone(
    frame: pd.DataFrame,
    shape: Shape,
    hidden: pd.DataFrame,
    reasons: list[list[str]],
    threshold: int,
) -> None:
    """Hide values whose counts may stay: of models with few degrees, of hours that few give."""
    from analysis.disclosure.tidy import with_companions

    values = [column for column in (*shape.values, *shape.shares) if column in frame]
    marks: dict[str, Any] = {}
    if shape.df in frame.columns:
        marks["df"] = set(frame.index[frame[shape.df].lt(FEWEST_DEGREES)])
    if shape.dominated in frame.columns:
        rows = set(frame.index[frame[shape.dominated].fillna(False).astype(bool)])
        marks["dominated"] = with_companions(frame, shape, rows, threshold)
    for reason, rows in marks.items():
        for number in sorted(rows):
            hidden.loc[number, values] = True
            _tell(reasons[number], reason)


def is_number(column: Any) -> bool:
    """Say whether a column of a frame holds numbers."""
    from pandas.api.types import is_numeric_dtype

    return bool(is_numeric_dtype(column))
