"""What the values of an item mean, and why answers are missing, as file and mapping say it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .mapping import DerivedOutcome, OutcomeColumn, plain
from .reading import Reading
from .values import numbers_by_value, written

MOST = 2000  # labels of one item; a column of addresses is no set of categories


@dataclass(frozen=True)
class Item:
    """One item as it is stored: its question, and the words of its values, smallest first."""

    name: str
    question: str = ""
    labels: dict[Any, str] = field(default_factory=dict)


def outcome_item(reading: Reading, entry: OutcomeColumn) -> Item:
    """Describe an outcome; labels go by the number that is stored, reversed where that is.

    Words come from the mapping's `labels`, else from the file's, else from the words that `values`
    recodes. Words of several codes that are stored as one number stand together.
    """
    if isinstance(entry, DerivedOutcome):
        return Item(entry.outcome.key)
    name = entry.outcome.values
    find = reading.finder(name, entry.missing, entry.values)
    told = {plain(code): word for code, word in entry.labels.items()}
    words: dict[float, list[str]] = {}
    for code, word in _words(reading, entry):
        number = float(entry.turned(find(code)))
        if np.isfinite(number):
            words.setdefault(number, []).append(told.get(plain(code), word))
    labels = {number: " / ".join(dict.fromkeys(words[number])) for number in sorted(words)}
    return Item(entry.outcome.key, reading.survey.labels.get(name, ""), labels)


def _words(reading: Reading, entry: OutcomeColumn) -> list[tuple[Any, str]]:
    labels = list(reading.survey.value_labels.get(entry.outcome.values, {}).items())[:MOST]
    known = {plain(code) for code, _ in labels} | {plain(word) for _, word in labels}
    recoded = [(word, word) for word in entry.values if plain(word) not in known]
    if any(np.isfinite(_number(word)) for word, _ in recoded):  # codes for codes have no words
        recoded = [(word, told) for word, told in recoded if not np.isfinite(_number(word))]
    codes = [(code, word) for code, word in entry.labels.items() if plain(code) not in known]
    return [*labels, *recoded, *codes]


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        return np.nan


def other_item(reading: Reading, name: str, stored: "pd.Series[Any]") -> Item:
    """Describe a covariate, stratum or cluster, which is stored as the file has it."""
    numeric = pd.api.types.is_numeric_dtype(stored)
    labels = list(reading.survey.value_labels.get(name, {}).items())[:MOST]
    found: dict[Any, str]
    if numeric:
        found = {float(code): word for code, word in labels if isinstance(code, int | float)}
    else:
        found = {written(code): word for code, word in labels}
    return Item(name, reading.survey.labels.get(name, ""), dict(sorted(found.items())))


def missing_codes(
    reading: Reading, entry: OutcomeColumn
) -> tuple["np.ndarray[Any, Any]", list[tuple[str, str]]]:
    """Say, row by row, which code stands for no answer.

    Returns
    -------
    which : array (rows,) of int
        The place of the row's code in `codes`; −1 where there is an answer, or a blank.
    codes : list of (code, label)
        What each is written as, and means.
    """
    name = entry.outcome.values
    which = np.full(len(reading.survey.frame), -1)
    codes: dict[str, int] = {}
    declared = reading.survey.declared.get(name)
    if declared is not None:
        rows = reading.survey.frame.index.get_indexer(declared.index)
        which[rows] = [codes.setdefault(written(code), len(codes)) for code in declared]
    gone = {plain(code) for code in entry.missing}
    if gone:

        def find(value: Any) -> float:
            code = _code(reading, name, value, gone)
            return np.nan if code is None else codes.setdefault(code, len(codes))

        named = reading.named(name, entry.missing)
        found = numbers_by_value(reading.column(name), find, named, otherwise=np.nan)
        told = np.isfinite(found)
        which[told] = found[told].astype(int)
    return which, [(code, _means(reading, entry, code)) for code in codes]


def _means(reading: Reading, entry: OutcomeColumn, code: str) -> str:
    words = {plain(known): word for known, word in entry.missing_labels.items()}
    labels = reading.survey.value_labels.get(entry.outcome.values, {})
    return words.get(plain(code)) or next(
        (word for known, word in labels.items() if plain(known) == plain(code)), ""
    )


def _code(reading: Reading, name: str, value: Any, gone: set[str]) -> str | None:
    """Return the code of a value that the mapping says is no answer, by code or by label."""
    if value is None:
        return None
    texts = (plain(value), plain(reading.label(name, value)), plain(reading.as_number(value)))
    return written(value) if any(text in gone for text in texts if text) else None
