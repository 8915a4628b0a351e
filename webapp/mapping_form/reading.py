"""Read the form back into a mapping; a mistake is named at its column, in the page's words."""

from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from functools import partial
from typing import Any

import tomli_w

from analysis.design import SCALES
from analysis.errors import BadInput
from analysis.mapping import Mapping
from analysis.mapping_toml import parse_mapping
from analysis.survey_files import SurveyFile

from .codes import as_missing, read_words
from .columns import values_of
from .derived import read_rows
from .problem import ColumnProblem, check_number

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
            told = f"more than one column is given as {_in_words(role)}; choose one."
            raise ColumnProblem(number, name, told)
        found = take(_Column(fields, survey, number, name))
        if many:
            table.setdefault(role, []).append(found)
        else:
            table[role] = found
    if not table.keys() & {"arm", "nudge_a", "nudge_b"}:
        raise BadInput("Say which column holds the arm, or which say who was given each nudge.")
    if "outcome" not in table:
        raise BadInput("Choose at least one column as an outcome.")
    if derived := list(read_rows(fields)):
        table["derived"] = derived
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

    def meaning(self, key: str) -> str:
        return self.fields.get(f"value-{self.number}-{key}", "").strip()

    def values(self) -> dict[str, list[str]]:
        """Meaning → the values that have it."""
        meanings: dict[str, list[str]] = {}
        for value in values_of(self.survey, self.number):
            if meaning := self.meaning(value["key"]):
                meanings.setdefault(meaning, []).append(value["value"])
        return meanings

    def without_meaning(self) -> list[str]:
        """The values of which the form says nothing, as the page writes them."""
        return [
            value["label"] or value["value"]
            for value in values_of(self.survey, self.number)
            if not self.meaning(value["key"])
        ]

    def problem(self, sentence: str) -> ColumnProblem:
        return ColumnProblem(self.number, self.name, sentence)


def _nudge(column: _Column, nudge: str) -> Entry:
    values, left = column.values(), column.without_meaning()
    if left or len(values) < 2:
        said = f"; nothing is said of {_listed(left)}" if left and values else ""
        one = "; both “given” and “not given” must occur" if not left else ""
        raise column.problem(f"say of each value whether {nudge} was given{said or one}.")
    return {
        "column": column.name,
        "given": values.get("given", []),
        "not_given": values.get("not", []),
    }


def _listed(values: list[str]) -> str:
    told = ", ".join(f"“{value[:40]}”" for value in values[:3])
    return told + (f" and {len(values) - 3} more" if len(values) > 3 else "")


def _arm(column: _Column) -> Entry:
    values, left = column.values(), column.without_meaning()
    if left:
        raise column.problem(f"say which arm {_listed(left)} {'is' if len(left) == 1 else 'are'}.")
    if len(values) < 2:
        raise column.problem("a comparison needs two arms; give its values at least two.")
    order = ["none", "A", "B", "A+B"]
    labels = {name: values[name] for name in (*order, *values) if name in values}
    return {"column": column.name, "labels": labels}


def _outcome(column: _Column) -> Entry:
    key = column.told("key", column.name)
    if column.told("scale") not in ("", *SCALES):
        raise column.problem(f"choose its scale: {', '.join(SCALES)}.")
    entry: Entry = {"key": key, "column": column.name, "measure": column.told("measure", key)}
    entry |= {"issue": column.told("issue"), "scale": column.told("scale", "continuous")}
    entry |= {
        "asked": column.told("asked", "after"),
        "refers_to": column.told("refers_to", "present"),
    }
    details = {
        "missing": as_missing(column.told("missing")),
        "values": _recoding(column),
        "labels": _labels(column),
        "reverse": bool(column.told("reverse")),
    }
    return entry | {name: detail for name, detail in details.items() if detail} | _ends(column)


def _ends(column: _Column) -> Entry:
    typed = {name: column.told(name) for name in ("low", "high")}
    ends = {name: check_number(text, column.name, name) for name, text in typed.items() if text}
    if column.told("reverse") and len(ends) < 2:
        raise column.problem("to turn the scale round, say its lowest and its highest number.")
    if len(ends) == 2 and ends["low"] >= ends["high"]:
        raise column.problem("the lowest number must be less than the highest.")
    return ends


def _labels(column: _Column) -> dict[str, str]:
    found, wrong = read_words(column.told("labels"))
    if wrong:
        raise column.problem(
            f"“{wrong[0][:60]}” gives no words to a value; write one a line, as in 1 = Never."
        )
    return found


def _recoding(column: _Column) -> dict[str, float]:
    values = {}
    for line in filter(str.strip, column.told("recode").splitlines()):
        label, _, number = line.rpartition("=")
        try:
            values[label.strip()] = float(number)
        except ValueError:
            label = ""
        if not label.strip():
            raise column.problem(
                f"“{line.strip()[:60]}” does not recode a label; write one a line, as in Yes = 1."
            )
    return values


# Role → whether several columns may have it, and what the mapping says of one.
TAKE: dict[str, tuple[bool, Callable[[_Column], Any]]] = {
    "respondent": (False, lambda column: column.name),
    "area": (False, lambda column: column.name),
    "weight": (False, lambda column: column.name),
    "cluster": (False, lambda column: column.name),
    "duration": (False, lambda column: column.name),
    "arm": (False, _arm),
    "nudge_a": (False, partial(_nudge, nudge="the local story")),
    "nudge_b": (False, partial(_nudge, nudge="the typical time")),
    "strata": (True, lambda column: column.name),
    "covariate": (True, lambda column: {"column": column.name}),
    "outcome": (True, _outcome),
}
