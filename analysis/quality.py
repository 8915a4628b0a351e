"""How well a wave was answered: partial answers, straight lines, doubles, haste, odd values."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from .answers import outside_of, scale_in_words
from .mapping import Mapping, OutcomeColumn

COLUMNS = ["check", "items", "flagged", "base", "share", "note"]
IN_A_LINE = 3  # as many items of one scale make a straight line telling
ALIKE = 5  # as many answers that all agree make two respondents look like one
HASTY = 0.5


def quality_checks(frame: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Count what may be wrong with answers; nothing is left out because of it.

    Returns
    -------
    DataFrame
        check, items (keys), flagged, base (respondents who could be flagged), share, note.
        ``partly answered`` and ``nothing answered`` are of all items that were asked;
        ``straight line``: the same answer, as the file has it, to three or more ordinal items of
        one measure or one set of ends; ``same answers``: five or more answers, all as another
        respondent's; ``outside of its scale``: below low or above high; ``hasty``: in less than
        half of the median time (Greszki, Meyer and Schoen 2015), where a column says the time.
    """
    rows: list[list[Any]] = []
    for part in (_partial, _straight, _same, _outside, _hasty):
        rows += part(frame, mapping)
    table = pd.DataFrame(rows, columns=["check", "items", "flagged", "base", "note"])
    table["share"] = table["flagged"] / table["base"].where(table["base"] > 0)
    return table[COLUMNS]


def item_quality(frame: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Count the missing answers of every item: item, issue, answered, missing, base, share."""
    rows = []
    for entry in mapping.outcomes:
        gone, base = int(frame[entry.outcome.key].isna().sum()), len(frame)
        rows.append([entry.outcome.key, entry.outcome.issue, base - gone, gone, base, gone / base])
    return pd.DataFrame(rows, columns=["item", "issue", "answered", "missing", "base", "share"])


def _keys(entries: tuple[OutcomeColumn, ...] | list[OutcomeColumn]) -> list[str]:
    return [entry.outcome.key for entry in entries]


def _partial(frame: pd.DataFrame, mapping: Mapping) -> list[list[Any]]:
    keys = _keys(mapping.asked)
    given = frame[keys].notna().sum(axis=1)
    some = int(((given > 0) & (given < len(keys))).sum())
    told = f"of {len(keys):,} items asked"
    return [
        ["partly answered", "", some, len(frame), f"some, not all, {told}"],
        ["nothing answered", "", int((given == 0).sum()), len(frame), f"none {told}"],
    ]


def _straight(frame: pd.DataFrame, mapping: Mapping) -> Iterator[list[Any]]:
    for entries in _batteries(mapping):
        answers = np.column_stack([entry.turned(frame[entry.outcome.key]) for entry in entries])
        whole = answers[~np.isnan(answers).any(axis=1)]
        flat = int((whole == whole[:, :1]).all(axis=1).sum())
        turned = any(entry.reverse for entry in entries)
        note = "the same answer to all, as the file has them" if turned else "the same to all"
        yield ["straight line", ", ".join(_keys(entries)), flat, len(whole), note]


def _batteries(mapping: Mapping) -> Iterator[list[OutcomeColumn]]:
    """Put ordinal items together that share a scale: its ends where both are said, or a measure."""
    found: dict[Any, list[OutcomeColumn]] = {}
    for entry in mapping.asked:
        if entry.outcome.scale == "ordinal":
            known = entry.low is not None and entry.high is not None
            shared = (entry.low, entry.high) if known else entry.outcome.measure
            found.setdefault((entry.outcome.asked, shared), []).append(entry)
    yield from (entries for entries in found.values() if len(entries) >= IN_A_LINE)


def _same(frame: pd.DataFrame, mapping: Mapping) -> list[list[Any]]:
    keys = [*_keys(mapping.asked), *mapping.covariates]
    keys = list(dict.fromkeys(keys))
    if len(keys) < ALIKE:
        return []
    full = frame.loc[frame[keys].notna().sum(axis=1) >= ALIKE, ["area", *keys]]
    alike = int(full.duplicated(keep=False).sum())
    note = f"{ALIKE} or more answers, all as another of the same area has them; few short items "
    return [["same answers", "", alike, len(full), note + "make this likely by chance"]]


def _outside(frame: pd.DataFrame, mapping: Mapping) -> Iterator[list[Any]]:
    for entry in mapping.outcomes:
        if entry.low is None and entry.high is None:
            continue
        values = frame[entry.outcome.key]
        out = int(outside_of(values, entry.low, entry.high).sum())
        note = f"its scale is {scale_in_words(entry.low, entry.high)}"
        yield ["outside of its scale", entry.outcome.key, out, int(values.count()), note]


def _hasty(frame: pd.DataFrame, mapping: Mapping) -> list[list[Any]]:
    if mapping.duration is None:
        return []
    taken = pd.to_numeric(frame[mapping.duration], errors="coerce")
    if not taken.notna().any():
        return [["hasty", mapping.duration, 0, 0, "no time is a number"]]
    median = float(taken.median())
    note = f"less than half of the median, {median:g}"
    hasty = int((taken < HASTY * median).sum())
    return [["hasty", mapping.duration, hasty, int(taken.count()), note]]
