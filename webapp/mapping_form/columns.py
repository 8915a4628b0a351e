"""The columns of a survey file, and their values, as the page shows them."""

from typing import Any

from analysis.mapping import plain
from analysis.survey_files import SurveyFile

VALUES_LISTED = 30  # as many as a column of arms may have


def describe_columns(survey: SurveyFile) -> list[dict[str, Any]]:
    """List a file's columns: name, question, first values with labels, how many are blank."""
    return [
        _describe(survey, number, str(name)) for number, name in enumerate(survey.frame.columns)
    ]


def _describe(survey: SurveyFile, number: int, name: str) -> dict[str, Any]:
    column = survey.frame.iloc[:, number]
    return {
        "number": number,
        "name": name,
        "label": survey.labels.get(name, ""),
        "blank": int(column.isna().sum()),
        "distinct": int(column.nunique()),
        "kind": "numbers" if column.dtype.kind in "iufb" else "words",
        "values": values_of(survey, number),
    }


def values_of(survey: SurveyFile, number: int) -> list[dict[str, str]]:
    """List a column's distinct values, smallest first where they are few, each with its label."""
    labels = survey.value_labels.get(str(survey.frame.columns[number]), {})
    distinct = list(survey.frame.iloc[:, number].dropna().unique()[: VALUES_LISTED + 1])
    if len(distinct) <= VALUES_LISTED:
        distinct = _in_order(distinct)
    return [
        {
            "value": _written(value),
            "short": f"{value:.4g}" if isinstance(value, float) else str(value)[:40],
            "key": plain(value),
            "label": str(labels.get(value, "")),
        }
        for value in distinct[:VALUES_LISTED]
    ]


def _in_order(values: list[Any]) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:  # numbers and words in one column
        return sorted(values, key=str)


def _written(value: Any) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)
