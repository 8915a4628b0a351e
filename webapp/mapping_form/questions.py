"""Codes that may mean “no answer”: asked on the form, and never applied without a yes."""

from collections.abc import Mapping as Table
from typing import Any

import numpy as np

from analysis.answers import suspects
from analysis.reading import Reading
from analysis.survey_files import SurveyFile

from .codes import read_codes, with_codes

Fields = dict[str, str]
MOST = 5000  # different values: a column of more has no codes that stand apart


def ask(fields: Table[str, str], survey: SurveyFile) -> dict[int, list[dict[str, Any]]]:
    """List for each outcome the suspected codes that it does not yet count as missing.

    Returns number of the column → code, label, answers.
    """
    found = {}
    for number, name in enumerate(map(str, survey.frame.columns)):
        chosen = fields.get(f"role-{number}") == "outcome"
        if chosen and (codes := _suspected(fields, survey, number, name)):
            found[number] = codes
    return found


def _suspected(
    fields: Table[str, str], survey: SurveyFile, number: int, name: str
) -> list[dict[str, Any]]:
    counts = survey.frame.iloc[:, number].value_counts()
    if len(counts) > MOST:
        return []
    missing = list(read_codes(fields.get(f"missing-{number}", "")))
    reading, recoded = Reading(survey), fields.get(f"recode-{number}", "").strip()
    if recoded:  # labels stand for numbers, and what is left out is refused by the import
        return []
    find = reading.finder(name, missing, {})
    numbers: dict[float, int] = {}
    for value, answers in counts.items():
        at = find(value)
        if np.isfinite(at):
            numbers[at] = numbers.get(at, 0) + int(answers)
    labels = survey.value_labels.get(name, {})
    return [
        {"code": f"{code:g}", "label": str(labels.get(code, "")), "answers": numbers[code]}
        for code in suspects(sorted(numbers), labels, fields.get(f"scale-{number}", "continuous"))
    ]


def with_answers(fields: Table[str, str]) -> Fields:
    """Add the codes to which the person said yes to those of no answer."""
    filled = {name: value for name, value in fields.items() if not name.startswith("suspect-")}
    for name, value in fields.items():
        if name.startswith("suspect-"):
            place = f"missing-{name.removeprefix('suspect-')}"
            filled[place] = with_codes(filled.get(place, ""), value.split(","))
    return filled
