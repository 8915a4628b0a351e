"""Read the form back into a mapping; every mistake is named as the TOML reader names it."""

from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Any

import tomli_w

from analysis.errors import BadInput
from analysis.mapping import Mapping
from analysis.mapping_toml import parse_mapping
from analysis.survey_files import SurveyFile

from .columns import values_of

Entry = dict[str, Any]


def mapping_from(fields: Table[str, str], survey: SurveyFile) -> Mapping:
    """Read the form; raises BadInput where a role is given twice or a detail cannot be used."""
    table: Entry = {}
    for number, name in enumerate(map(str, survey.frame.columns)):
        role = fields.get(f"role-{number}", "")
        if role not in TAKE:
            continue
        many, take = TAKE[role]
        if not many and role in table:
            raise BadInput(f"More than one column is given as {_in_words(role)}; choose one.")
        found = take(_Column(fields, survey, number, name))
        if many:
            table.setdefault(role, []).append(found)
        else:
            table[role] = found
    if not table.keys() & {"arm", "nudge_a", "nudge_b"}:
        raise BadInput("Say which column holds the arm, or which say who was given each nudge.")
    if "outcome" not in table:
        raise BadInput("Choose at least one column as an outcome.")
    return parse_mapping(tomli_w.dumps(table))


def _in_words(role: str) -> str:
    words = {"respondent": "the respondent’s id", "nudge_a": "nudge A", "nudge_b": "nudge B"}
    return words.get(role, f"the {role}")


@dataclass(frozen=True)
class _Column:
    """What the form says of one column."""

    fields: Table[str, str]
    survey: SurveyFile
    number: int
    name: str

    def told(self, field: str, default: str = "") -> str:
        return self.fields.get(f"{field}-{self.number}", "").strip() or default

    def values(self) -> dict[str, list[str]]:
        """Meaning → the values that have it."""
        meanings: dict[str, list[str]] = {}
        for value in values_of(self.survey, self.number):
            meaning = self.fields.get(f"value-{self.number}-{value['key']}", "").strip()
            if meaning:
                meanings.setdefault(meaning, []).append(value["value"])
        return meanings


def _nudge(column: _Column) -> Entry:
    values = column.values()
    return {
        "column": column.name,
        "given": values.get("given", []),
        "not_given": values.get("not", []),
    }


def _arm(column: _Column) -> Entry:
    values = column.values()
    order = ["none", "A", "B", "A+B"]
    labels = {name: values[name] for name in (*order, *values) if name in values}
    return {"column": column.name, "labels": labels}


def _outcome(column: _Column) -> Entry:
    key = column.told("key", column.name)
    entry: Entry = {"key": key, "column": column.name, "measure": column.told("measure", key)}
    entry |= {"issue": column.told("issue"), "scale": column.told("scale", "continuous")}
    entry |= {
        "asked": column.told("asked", "after"),
        "refers_to": column.told("refers_to", "present"),
    }
    details = {
        "missing": _codes(column.told("missing")),
        "values": _recoding(key, column.told("recode")),
    }
    return entry | {name: detail for name, detail in details.items() if detail}


def _codes(text: str) -> list[str]:
    mark = ";" if ";" in text else ","
    return [part.strip() for part in text.split(mark) if part.strip()]


def _recoding(key: str, text: str) -> dict[str, float]:
    values = {}
    for line in filter(str.strip, text.splitlines()):
        label, _, number = line.rpartition("=")
        try:
            values[label.strip()] = float(number)
        except ValueError:
            label = ""
        if not label.strip():
            raise BadInput(
                f"The outcome “{key}”: “{line.strip()[:60]}” does not recode a label; "
                "write one a line, as in Yes = 1."
            )
    return values


# Role → whether several columns may have it, and what the mapping says of one.
TAKE: dict[str, tuple[bool, Callable[[_Column], Any]]] = {
    "respondent": (False, lambda column: column.name),
    "area": (False, lambda column: column.name),
    "weight": (False, lambda column: column.name),
    "cluster": (False, lambda column: column.name),
    "arm": (False, _arm),
    "nudge_a": (False, _nudge),
    "nudge_b": (False, _nudge),
    "strata": (True, lambda column: column.name),
    "covariate": (True, lambda column: {"column": column.name}),
    "outcome": (True, _outcome),
}
