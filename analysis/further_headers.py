"""Rows below the header that are headers too, as survey tools write them: told as such."""

import numpy as np

from .mapping import Mapping
from .reading import Reading
from .values import number

MOST = 3


def further_headers(reading: Reading, mapping: Mapping) -> list[str]:
    """Return what is fatal; where only rows that look like headers are, one sentence of them."""
    columns = [entry.outcome.values for entry in mapping.asked if not entry.values]
    head = reading.survey.frame[columns].head(MOST + 1)
    if len(reading.fatal) < 2 or not columns:
        return reading.fatal
    words = np.array(
        [
            all(np.isinf(number(value, reading.survey.decimal)) for value in row)
            for row in head.itertuples(index=False)
        ]
    )
    count = int(np.argmin(words)) if not words.all() else 0
    if not count:
        return reading.fatal
    first = np.zeros(len(reading.survey.frame), dtype=bool)
    first[:count] = True
    look = "looks like another header" if count == 1 else "look like further headers"
    those = "it" if count == 1 else "them"
    rows = reading.rows(first)
    return [
        f"{rows[0].upper()}{rows[1:]} {look} (words in every column of an outcome); "
        f"delete {those} in the file, and import it again."
    ]
