"""Apply a mapping to a survey file: what cannot be used is reported with its row or value."""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from .answers import read_answers, read_other, read_weights
from .deriving import add_derived
from .errors import BadInput
from .further_headers import further_headers
from .labelling import Item, missing_codes, other_item, outcome_item
from .mapping import ArmColumn, Mapping, NudgeColumn, check_names, plain
from .reading import SHOWN, Reading
from .survey_files import SurveyFile
from .values import by_value, written

MISSING = ["item", "area", "code", "label", "respondents"]
NUDGES = np.array(["none", "A", "B", "A+B"], dtype=object)


@dataclass(frozen=True)
class MappedSurvey:
    """A survey ready to be stored.

    Attributes
    ----------
    frame : DataFrame
        respondent, area, arm, then weight, strata and cluster where mapped, a float column an
        outcome (named by its key), and the covariates.
    arms : tuple of str
    report : list of str
        What a person should know: sentences, none of them fatal.
    items : list of Item
        The outcomes and the columns kept beside them, with their questions and value labels.
    missing : DataFrame
        item, area, code, label, respondents: answers that a code says are missing.
    """

    frame: pd.DataFrame
    mapping: Mapping
    arms: tuple[str, ...]
    report: list[str]
    items: list[Item] = field(default_factory=list)
    missing: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=MISSING))


def apply_mapping(
    survey: SurveyFile,
    mapping: Mapping,
    *,
    areas: Table[str, str],
    area: str | None = None,
    create_areas: bool = False,
) -> MappedSurvey:
    """Turn a survey file into respondents with area, arm and outcomes.

    Parameters
    ----------
    areas : mapping
        Every name an area may go by, lower case (its key, its name) → its key; “” for a name
        that means several.
    area : str, optional
        The key of the one area that the whole file is about.
    create_areas : bool
        Let unknown areas pass, as they are written.

    Raises
    ------
    BadInput
        A mapped column is absent, an area or arm is unknown, an id is blank or occurs twice, a
        weight is negative, or a value of an outcome is no number: all of it in one message.
    """
    check_names(mapping)
    reading, told = Reading(survey), mapping
    _check_columns(reading, mapping, area)
    if area and mapping.area:
        reading.report.append(
            f"The column “{mapping.area}” is mapped as the area, but the whole file is about "
            f"one area (“{area}”); the column was left out."
        )
        mapping = replace(mapping, area=None)
    columns: dict[str, Any] = {"respondent": _respondents(reading, mapping)}
    columns["area"] = area or _areas(reading, str(mapping.area), areas, create_areas)
    columns["arm"] = _arms(reading, mapping)
    if mapping.weight:
        columns["weight"] = read_weights(reading, mapping.weight)
        reading.report.append(mapping.weight_note)
    columns |= {name: read_other(reading, name) for name in mapping.others}
    columns |= {entry.outcome.key: read_answers(reading, entry) for entry in mapping.asked}
    if reading.fatal:
        raise BadInput(f"{survey.name}: " + " ".join(further_headers(reading, mapping)))
    _mention_unmapped(reading, told)
    frame = pd.DataFrame(columns, index=survey.frame.index)
    missing = _missing(reading, mapping, frame["area"])
    items = [outcome_item(reading, entry) for entry in mapping.outcomes]
    items += [other_item(reading, name, frame[name]) for name in mapping.others]
    frame = add_derived(frame.reset_index(drop=True), mapping)
    _mention_silent(reading, mapping, frame)
    return MappedSurvey(frame, mapping, mapping.arms, reading.report, items, missing)


def _missing(reading: Reading, mapping: Mapping, area: "pd.Series[Any]") -> pd.DataFrame:
    """Count the answers that a code says are missing, by area."""
    place, names = pd.factorize(area)
    rows = []
    for entry in mapping.asked:
        which, codes = missing_codes(reading, entry)
        if not codes:
            continue
        told = which >= 0
        cells = place[told] * len(codes) + which[told]
        counts = np.bincount(cells, minlength=len(names) * len(codes))
        for cell in np.flatnonzero(counts):
            at, code = divmod(int(cell), len(codes))
            rows.append([entry.outcome.key, names[at], *codes[code], int(counts[cell])])
    return pd.DataFrame(rows, columns=MISSING)


def _mention_silent(reading: Reading, mapping: Mapping, frame: pd.DataFrame) -> None:
    silent = frame[[entry.outcome.key for entry in mapping.asked]].isna().all(axis=1)
    if silent.any() and len(mapping.asked) > 1:
        who = "1 respondent" if silent.sum() == 1 else f"{int(silent.sum()):,} respondents"
        reading.report.append(f"{who} answered none of the outcomes.")


def _check_columns(reading: Reading, mapping: Mapping, area: str | None) -> None:
    if not area and not mapping.area:
        raise BadInput('The mapping names no area column; add area = "…" or say which area it is.')
    names = list(reading.survey.frame.columns)
    absent = [(column, use) for column, use in mapping.columns() if column not in names]
    if area:
        absent = [(column, use) for column, use in absent if use != "the area"]
    if absent:
        told = [f"there is no column “{column}” for {use}" for column, use in absent[:SHOWN]]
        near = get_close_matches(absent[0][0], names, n=3, cutoff=0.5) or names[:12]
        raise BadInput(
            f"{reading.survey.name}: {'; '.join(told)}. Its columns include: {', '.join(near)}."
        )


def _respondents(reading: Reading, mapping: Mapping) -> "pd.Series[Any]":
    if mapping.respondent is None:
        index = reading.survey.frame.index
        return pd.Series((index + reading.survey.first_row).astype(str), index=index, dtype=object)
    column = reading.column(mapping.respondent)
    if column.dtype == "str":  # as `written` has it, without a call a row
        ids = column.fillna("").str.strip().astype(object)
    else:
        ids = column.map(written).astype(object)
    blank = (ids == "").to_numpy()
    if blank.any():
        reading.fatal.append(f"There is no respondent id in {reading.rows(blank)}.")
    twice = (ids.duplicated(keep=False) & ~blank).to_numpy()
    if twice.any():
        reading.fatal.append(f"A respondent id occurs more than once: {reading.told(ids, twice)}.")
    return ids


def _areas(reading: Reading, name: str, known: Table[str, str], create: bool) -> "pd.Series[Any]":
    new: dict[str, str] = {}

    def find(value: Any) -> str | None:
        texts = (" ".join(text.split()) for text in (reading.label(name, value), written(value)))
        names = [text for text in texts if text]
        keys = [known[text.casefold()] for text in names if text.casefold() in known]
        if keys or not create or not names:
            return next(iter(keys), None)
        return new.setdefault(names[0].casefold(), names[0])

    column = reading.column(name)
    found = by_value(column, find)
    several = (found == "").to_numpy()
    if several.any():
        reading.fatal.append(
            f"The area {reading.told(column, several)} means several areas of this study; "
            "give each area a name of its own."
        )
    lost = found.isna().to_numpy()
    if lost.any():
        reading.fatal.append(
            f"The area {reading.told(column, lost)} is unknown to this study; "
            "add it, or correct the file."
        )
    return found


def _arms(reading: Reading, mapping: Mapping) -> "pd.Series[Any]":
    if mapping.arm:
        return _labelled_arm(reading, mapping.arm)
    nudges = ((1, mapping.nudge_a), (2, mapping.nudge_b))
    codes = sum(
        (code * _given(reading, nudge) for code, nudge in nudges if nudge),
        np.zeros(len(reading.survey.frame), dtype=int),
    )
    return pd.Series(NUDGES[codes], index=reading.survey.frame.index)


def _given(reading: Reading, nudge: NudgeColumn) -> "np.ndarray[Any, Any]":
    answer = {plain(v): 1 for v in nudge.given} | {plain(v): 0 for v in nudge.not_given}
    return _match(reading, nudge.column, answer).map(bool).to_numpy(dtype=int)


def _labelled_arm(reading: Reading, arm: ArmColumn) -> "pd.Series[Any]":
    answer = {plain(v): name for name, values in arm.labels.items() for v in values}
    return _match(reading, arm.column, answer)


def _match(reading: Reading, name: str, answer: dict[str, Any]) -> "pd.Series[Any]":
    """Look each value up, by its code or its label; what is in no list is fatal."""
    column = reading.column(name)

    def find(value: Any) -> Any:
        label = plain(reading.label(name, value))
        return answer.get(plain(value), answer.get(label) if label else None)

    found = by_value(column, find)
    lost = found.isna().to_numpy()
    if lost.any():
        reading.fatal.append(
            f"The column “{name}” says {reading.told(column, lost)}, "
            "and the mapping gives that to no arm."
        )
    return found


def _mention_unmapped(reading: Reading, mapping: Mapping) -> None:
    used = {column for column, _ in mapping.columns()}
    rest = [name for name in reading.survey.frame.columns if name not in used]
    if rest:
        shown = ", ".join(rest[:12]) + (" …" if len(rest) > 12 else "")
        those = "1 column is" if len(rest) == 1 else f"{len(rest)} columns are"
        were = "was" if len(rest) == 1 else "were"
        reading.report.append(f"{those} not mapped and {were} left out: {shown}.")
