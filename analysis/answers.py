"""The answers to one outcome as numbers, and hints at codes that may mean “no answer”."""

import re
from typing import Any

import numpy as np
import pandas as pd

from .design import Outcome
from .mapping import OutcomeColumn
from .reading import SHOWN, Reading
from .values import by_value, written

SUSPECT_CODES = {-99, -98, -97, -9, -8, -7, -1, 8, 9, 77, 88, 97, 98, 99, 998, 999}
NO_ANSWER = re.compile(
    r"(?i)don.?t know|refus|no answer|not answered|not (applicable|stated)|prefer not|missing"
)


def read_answers(reading: Reading, entry: OutcomeColumn) -> "pd.Series[float]":
    """Turn an outcome's column into numbers and report what looks odd."""
    outcome = entry.outcome
    use = f"the outcome “{outcome.key}”"
    numbers = reading.numbers(outcome.values, use, entry.missing, entry.values)
    values = np.sort(numbers.unique())  # of a million numbers, seconds quicker than a loop
    distinct = values[np.isfinite(values)].tolist()
    if not distinct:
        reading.report.append(f"The outcome “{outcome.key}” has no answer at all.")
    elif outcome.scale == "binary" and not set(distinct) <= {0, 1}:
        shown = ", ".join(f"{v:g}" for v in distinct[:SHOWN])
        reading.report.append(
            f"The outcome “{outcome.key}” is mapped as binary but has the values {shown}; "
            "recode it to 0 and 1 for shares."
        )
    for code in _suspects(reading, outcome, distinct):
        label = reading.label(outcome.values, code)
        reading.report.append(
            f"{int((numbers == code).sum()):,} answers to “{outcome.key}” are {code:g}"
            f"{f' ({label})' if label else ''}: if that means no answer, add it to missing."
        )
    _report_outside(reading, entry, numbers, distinct)
    turned: pd.Series[float] = entry.turned(numbers)
    return turned


def _report_outside(
    reading: Reading, entry: OutcomeColumn, numbers: "pd.Series[float]", distinct: list[float]
) -> None:
    low, high = entry.low, entry.high
    if low is None and entry.outcome.scale in ("hours", "count"):
        low = 0.0
    values = pd.Series(distinct, dtype=float)
    outside = values[outside_of(values, low, high)]
    if outside.empty:
        return
    shown = ", ".join(f"{value:g}" for value in outside[:SHOWN])
    count = int(outside_of(numbers, low, high).sum())
    reading.report.append(
        f"{count:,} answers to “{entry.outcome.key}” are outside of its scale, "
        f"{scale_in_words(low, high)}: {shown}. They are kept as they are."
    )


def outside_of(
    numbers: "pd.Series[float]", low: float | None, high: float | None
) -> "pd.Series[bool]":
    """Say of each number whether it is outside of a scale that may be open to either side."""
    below = numbers < (-np.inf if low is None else low)
    return below | (numbers > (np.inf if high is None else high))


def scale_in_words(low: float | None, high: float | None) -> str:
    """Write the ends of a scale: 1 to 5, at least 0, at most 10; nothing where none is known."""
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    if low is not None:
        return f"at least {low:g}"
    return f"at most {high:g}" if high is not None else ""


def _suspects(reading: Reading, outcome: Outcome, distinct: list[Any]) -> list[Any]:
    return suspects(distinct, reading.survey.value_labels.get(outcome.values, {}), outcome.scale)


def suspects(distinct: list[Any], labels: dict[Any, str], scale: str) -> list[Any]:
    """List the codes among a column's values that may mean “no answer”; a person decides."""
    labelled = {code for code, label in labels.items() if NO_ANSWER.search(str(label))}
    there = set(distinct)
    labelled &= there
    if scale == "continuous":
        return sorted(labelled)
    rest = there - SUSPECT_CODES - labelled
    if not rest:
        return sorted(labelled)
    low, high = min(rest), max(rest)
    apart = {v for v in there & SUSPECT_CODES if v > high + 1 or (v < 0 <= low)}
    return sorted(labelled | apart)


def read_weights(reading: Reading, name: str) -> "pd.Series[float]":
    """Turn the weights into numbers; a negative one is fatal, a blank one is reported."""
    weights = reading.numbers(name, "the weight")
    negative = (weights < 0).to_numpy()
    if negative.any():
        reading.fatal.append(f"The weight is negative in {reading.rows(negative)}.")
    blank = weights.isna().to_numpy()
    if blank.any():
        reading.report.append(f"There is no weight in {reading.rows(blank)}.")
    return weights


def read_other(reading: Reading, name: str) -> "pd.Series[Any]":
    """Return a stratum, cluster or covariate as numbers or as text, never a mixture."""
    column = reading.column(name)
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float)
    return by_value(column, lambda value: written(value) or None)
