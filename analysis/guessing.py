"""A first guess at which column is what, for a person to correct."""

import re
from collections.abc import Collection
from functools import partial
from itertools import count
from typing import Any

import numpy as np
import pandas as pd

from .allocation import ID_NAMES
from .design import TWO_BY_TWO_ARMS, Outcome
from .mapping import RESERVED, ArmColumn, Mapping, NudgeColumn, OutcomeColumn, plain
from .survey_files import SurveyFile
from .values import by_value, number, written

MEASURES = (
    "current_state", "done_individually", "done_in_groups", "satisfaction_with_action",
    "satisfaction_with_involvement", "difference_citizens_make", "importance",
    "hours_willing_alone", "hours_willing_with_others", "hours_given_alone",
    "hours_given_with_others",
)  # fmt: skip
ARM_WORDS = {
    "none": ("none", "control", "no nudge"),
    "A": ("a", "nudge a", "story", "a only", "nudge_a"),
    "B": ("b", "nudge b", "time", "b only", "nudge_b"),
    "A+B": ("a+b", "a and b", "both", "ab", "a & b"),
}


def guess_mapping(survey: SurveyFile, areas: Collection[str], issues: Collection[str]) -> Mapping:
    """Guess a mapping from names, labels and values.

    Parameters
    ----------
    areas : collection of str
        Names and keys an area may go by.
    issues : collection of str
        Keys of the study's issues.
    """
    frame = survey.frame
    respondent = _first(frame, lambda name: name.lower() in ID_NAMES)
    area = _area(survey, areas)
    weight = _first(frame, lambda name: re.fullmatch(r"(?i)(w|wt|weight|weights?_.*)", name))
    arm, nudge_a, nudge_b = _arms(survey)
    used = {respondent, area, weight, arm and arm.column}
    used |= {nudge.column for nudge in (nudge_a, nudge_b) if nudge}
    outcomes: dict[str, OutcomeColumn] = {}
    for name in frame.columns:
        if name not in used and _looks_like_outcome(survey, name):
            outcome = _outcome(survey, name, issues, taken={*RESERVED, *outcomes})
            outcomes[outcome.key] = OutcomeColumn(outcome)
    return Mapping(
        outcomes=tuple(outcomes.values()),
        respondent=respondent,
        area=area,
        weight=weight,
        arm=arm,
        nudge_a=nudge_a,
        nudge_b=nudge_b,
    )


def guess_scale(survey: SurveyFile, name: str) -> str:
    """Guess a scale from a column's values and name."""
    column = survey.frame[name]
    found = by_value(column, partial(number, decimal=survey.decimal)).astype(float)
    values = found[np.isfinite(found)]
    if "hour" in name.lower():
        return "hours"
    distinct = values.nunique()
    if distinct <= 2:
        return "binary"
    whole = bool((values % 1 == 0).all())
    if whole and distinct <= 11 and values.max() - values.min() <= 10:
        return "ordinal"
    return "count" if whole and values.min() >= 0 and values.max() < 200 else "continuous"


def _first(frame: pd.DataFrame, test: Any) -> str | None:
    return next((str(name) for name in frame.columns if test(str(name).strip())), None)


def _area(survey: SurveyFile, areas: Collection[str]) -> str | None:
    known = {name.casefold() for name in areas}
    for name in survey.frame.columns:
        values = survey.frame[name].dropna()
        labels = {str(v).casefold() for v in survey.value_labels.get(str(name), {}).values()}
        if known & (labels or {str(v).strip().casefold() for v in values.unique()[:500]}):
            return str(name)
    return _first(survey.frame, lambda name: re.search(r"(?i)area|borough|district|village", name))


def _arms(
    survey: SurveyFile,
) -> tuple[ArmColumn | None, NudgeColumn | None, NudgeColumn | None]:
    found: dict[str, NudgeColumn] = {}
    for name in survey.frame.columns:
        values = survey.frame[name].dropna().unique()
        labels = survey.value_labels.get(str(name), {})
        words = {plain(labels.get(v, v)): labels.get(v, v) for v in values[:20]}
        arm = {key: [words[w] for w in names if w in words] for key, names in ARM_WORDS.items()}
        if len(values) == len(TWO_BY_TWO_ARMS) and all(arm.values()):
            return (
                ArmColumn(str(name), {k: tuple(map(written, v)) for k, v in arm.items()}),
                None,
                None,
            )
        nudge = re.search(r"(?i)nudge[_ ]?([ab])$", str(name))
        if nudge and {plain(v) for v in values} == {"0", "1"}:
            found[nudge[1].lower()] = NudgeColumn(str(name), (1,), (0,))
    return None, found.get("a"), found.get("b")


def _looks_like_outcome(survey: SurveyFile, name: str) -> bool:
    words = _words(survey, name)
    return any(measure in words for measure in MEASURES) or "hours" in words


def _words(survey: SurveyFile, name: str) -> str:
    """Join a column's name and its question, written as the measures are."""
    return re.sub(r"\W+", "_", f"{name} {survey.labels.get(name, '')}".lower()).strip("_")


def _outcome(
    survey: SurveyFile, name: str, issues: Collection[str], taken: Collection[str]
) -> Outcome:
    words, base = _words(survey, name), re.sub(r"\W+", "_", name.lower()).strip("_") or "outcome"
    measure = next((m for m in MEASURES if m in words), base)
    past = "given" in measure or "done" in measure
    return Outcome(
        key=next(key for n in count(1) if (key := base if n == 1 else f"{base}_{n}") not in taken),
        issue=next((issue for issue in issues if issue.lower() in words), ""),
        measure=measure,
        scale=guess_scale(survey, name),
        column=name,
        asked="before" if past else "after",
        refers_to="past" if past else "future" if "willing" in measure else "present",
    )
