"""The mapping as a form: one row a column of the file, and details for what needs them."""

from collections.abc import Mapping as Table
from typing import Any

from analysis.mapping import Mapping, NudgeColumn, plain
from analysis.mapping_toml import parse_mapping
from analysis.survey_files import SurveyFile

Fields = dict[str, str]

ROLES = {
    "": "leave out",
    "respondent": "respondent’s id",
    "area": "area",
    "arm": "arm (one column of labels)",
    "nudge_a": "given nudge A or not",
    "nudge_b": "given nudge B or not",
    "outcome": "outcome",
    "weight": "weight",
    "strata": "stratum",
    "cluster": "cluster",
    "covariate": "covariate",
}
ARM_CHOICES = ("none", "A", "B", "A+B")
VALUES_SHOWN = 12


def describe_columns(survey: SurveyFile) -> list[dict[str, Any]]:
    """List a file's columns as the page shows them."""
    columns = []
    for number, name in enumerate(survey.frame.columns):
        values = survey.frame[name].dropna()
        labels = survey.value_labels.get(str(name), {})
        distinct = list(values.unique()[: VALUES_SHOWN + 1])
        shown = [{"value": _written(v), "label": labels.get(v, "")} for v in distinct]
        columns.append(
            {
                "number": number,
                "name": str(name),
                "label": survey.labels.get(str(name), ""),
                "blank": int(survey.frame[name].isna().sum()),
                "distinct": int(values.nunique()),
                "values": shown[:VALUES_SHOWN],
            }
        )
    return columns


def fields_from(mapping: Mapping, survey: SurveyFile) -> Fields:
    """Fill the form from a mapping; columns that the file does not have are passed over."""
    numbers = {str(name): number for number, name in enumerate(survey.frame.columns)}
    fields: Fields = {}

    def role(column: str | None, name: str) -> int | None:
        if column in numbers:
            fields[f"role-{numbers[column]}"] = name
            return numbers[column]
        return None

    for name in ("respondent", "area", "weight", "cluster"):
        role(getattr(mapping, name), name)
    for column in mapping.strata:
        role(column, "strata")
    for column in mapping.covariates:
        role(column, "covariate")
    for name in ("nudge_a", "nudge_b"):
        nudge: NudgeColumn | None = getattr(mapping, name)
        number = role(nudge.column, name) if nudge else None
        if nudge and number is not None:
            fields |= {f"value-{number}-{plain(v)}": "given" for v in nudge.given}
            fields |= {f"value-{number}-{plain(v)}": "not" for v in nudge.not_given}
    number = role(mapping.arm.column, "arm") if mapping.arm else None
    if mapping.arm and number is not None:
        for arm, values in mapping.arm.labels.items():
            fields |= {f"value-{number}-{plain(v)}": arm for v in values}
    for entry in mapping.outcomes:
        number = role(entry.outcome.values, "outcome")
        if number is not None:
            outcome = entry.outcome
            for name in ("key", "issue", "measure", "scale", "asked", "refers_to"):
                fields[f"{name}-{number}"] = getattr(outcome, name)
            fields[f"missing-{number}"] = ", ".join(map(str, entry.missing))
            recoded = [f"{label} = {value:g}" for label, value in entry.values.items()]
            fields[f"recode-{number}"] = ", ".join(recoded)
    return fields


def mapping_from(fields: Table[str, str], survey: SurveyFile) -> Mapping:
    """Read the form back; raises BadInput as the TOML reader does."""
    import tomli_w

    table: dict[str, Any] = {}
    for number, name in enumerate(survey.frame.columns):
        column, role = str(name), fields.get(f"role-{number}", "")
        if role in ("respondent", "area", "weight", "cluster"):
            table[role] = column
        elif role == "strata":
            table.setdefault("strata", []).append(column)
        elif role == "covariate":
            table.setdefault("covariate", []).append({"column": column})
        elif role in ("nudge_a", "nudge_b"):
            table[role] = {
                "column": column,
                "given": _values(fields, survey, number, "given"),
                "not_given": _values(fields, survey, number, "not"),
            }
        elif role == "arm":
            labels = {arm: _values(fields, survey, number, arm) for arm in ARM_CHOICES}
            used = {arm: values for arm, values in labels.items() if values}
            table["arm"] = {"column": column, "labels": used}
        elif role == "outcome":
            table.setdefault("outcome", []).append(_outcome(fields, column, number))
    return parse_mapping(tomli_w.dumps(table))


def _values(fields: Table[str, str], survey: SurveyFile, number: int, wanted: str) -> list[str]:
    column = survey.frame.iloc[:, number].dropna()
    return [
        _written(value)
        for value in column.unique()[:VALUES_SHOWN]
        if fields.get(f"value-{number}-{plain(value)}") == wanted
    ]


def _outcome(fields: Table[str, str], column: str, number: int) -> dict[str, Any]:
    def told(name: str, default: str) -> str:
        return fields.get(f"{name}-{number}", "").strip() or default

    key = told("key", plain(column).replace(" ", "_"))
    entry: dict[str, Any] = {"key": key, "column": column, "measure": told("measure", key)}
    entry["issue"] = told("issue", "")
    entry["scale"] = told("scale", "continuous")
    entry["asked"] = told("asked", "after")
    entry["refers_to"] = told("refers_to", "present")
    missing = [part.strip() for part in told("missing", "").split(",") if part.strip()]
    if missing:
        entry["missing"] = missing
    pairs = [part.split("=") for part in told("recode", "").split(",") if "=" in part]
    if pairs:
        entry["values"] = {label.strip(): _number(value) for label, value in pairs}
    return entry


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text.strip()


def _written(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
