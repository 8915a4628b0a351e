"""Which cells of a row go with a count that is hidden, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from analysis.disclosure.shapes import Shape
    from analysis.disclosure.tidy import Hidden

FEWEST_DEGREES = 10


def empty_cells(
    frame: pd.DataFrame, shape: Shape, found: Hidden, threshold: int
) -> tuple[pd.DataFrame, list[list[str]]]:
    """Mark the cells to empty, and name each row's reasons (keys of `releasing.WORDS`)."""
    import pandas as pd

    hidden = pd.DataFrame(False, index=frame.index, columns=frame.columns)
    reasons: list[list[str]] = [[] for _ in range(len(frame))]
    resting = _resting(frame, shape)
    for number, column in sorted(found.places):
        reason = found.reasons.get((number, column), "few")
        if column in frame:
            hidden.loc[number, [column, *resting]] = True
        else:
            hidden.loc[number, column.rsplit(" ", 1)[0]] = True
            reason = "share" if reason == "few" else reason
        _tell(reasons[number], reason)
    _few_missing(frame, shape, hidden, reasons, threshold)
    _values_alone(frame, shape, hidden, reasons, threshold)
    # What was empty before is not suppressed.
    return hidden & frame.notna(), reasons


def _tell(reasons: list[str], reason: str) -> None:
    if reason not in reasons:
        reasons.append(reason)


def _resting(frame: pd.DataFrame, shape: Shape) -> list[Any]:
    """List the numbers that could rest on a count: those named, and every one nobody named."""
    from pandas.api.types import is_numeric_dtype

    named = {*shape.by, *(c for c in shape.counts if not shape.counts_missing(c)), shape.dominated}
    return [
        column
        for column in frame.columns
        if column not in named
        and (
            column in shape.values
            or column in shape.shares
            or column in shape.counts
            or is_numeric_dtype(frame[column])
        )
    ]


def _few_missing(
    frame: pd.DataFrame,
    shape: Shape,
    hidden: pd.DataFrame,
    reasons: list[list[str]],
    threshold: int,
) -> None:
    for column in (c for c in frame.columns if shape.counts_missing(str(c))):
        if column in shape.by:
            continue
        few = frame[column].gt(0) & frame[column].lt(threshold)
        hidden[column] |= few
        for number in frame.index[few]:
            _tell(reasons[number], "few")


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
