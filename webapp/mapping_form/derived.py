"""Outcomes that are worked out from others, as rows of the form; and pairs worth a difference."""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from itertools import count
from typing import Any

from analysis.mapping import DerivedOutcome, Mapping

from .problem import check_number

Fields = dict[str, str]
SAID = ("issue", "measure", "scale", "asked", "refers_to", "low", "high")
ENDS = ("low", "high")
ALONE, WITH = "_alone", "_with_others"
RULE_WORDS = {
    "difference": "the first less the second",
    "sum": "the sum of all",
    "any": "1 where any is more than 0",
    "share": "the first as a share of all",
}


def derived_fields(mapping: Mapping) -> Fields:
    """Fill the rows of the form from a mapping."""
    fields: Fields = {}
    for number, entry in enumerate(mapping.derived):
        fields |= _row(number, entry)
    return fields


def _row(number: int, entry: DerivedOutcome) -> Fields:
    told: dict[str, Any] = {"key": entry.outcome.key, "rule": entry.rule, "of": ", ".join(entry.of)}
    told |= {name: getattr(entry.outcome, name) for name in SAID if name not in ENDS}
    told |= {name: f"{end:.15g}" for name in ENDS if (end := getattr(entry, name)) is not None}
    return {f"derived-{number}-{name}": str(value) for name, value in told.items()}


def rows(fields: Table[str, str]) -> list[dict[str, str]]:
    """List the rows as the form has them, and an empty one behind them."""
    found = []
    for number in count():
        row = {name: fields.get(f"derived-{number}-{name}", "") for name in ("key", "of", "rule")}
        if f"derived-{number}-key" not in fields:
            break
        if row["key"].strip() or row["of"].strip():
            more = {name: fields.get(f"derived-{number}-{name}", "") for name in SAID}
            found.append(row | more)
    return [*found, dict.fromkeys(("key", "of", "rule", *SAID), "")]


def read_rows(fields: Table[str, str]) -> Iterator[dict[str, Any]]:
    """Read the rows into entries of the mapping; what a row does not say follows its parts."""
    for row in rows(fields)[:-1]:
        entry: dict[str, Any] = {"key": row["key"].strip(), "rule": row["rule"] or "difference"}
        entry["of"] = [part.strip() for part in row["of"].split(",") if part.strip()]
        entry |= {name: row[name].strip() for name in SAID[:-2] if row[name].strip()}
        where = f"The derived outcome “{entry['key']}”"
        entry |= {name: check_number(row[name], where, name) for name in ENDS if row[name].strip()}
        yield entry


def pairs(fields: Table[str, str]) -> list[tuple[str, str, str]]:
    """List what is asked alone and with others on one issue, and has no difference yet.

    Returns triples: the key for the difference, with others, alone.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name, role in fields.items():
        number = name.removeprefix("role-")
        if name == number or role != "outcome":
            continue
        measure, issue = fields.get(f"measure-{number}", ""), fields.get(f"issue-{number}", "")
        for end in (ALONE, WITH):
            if measure.endswith(end):
                sides = found.setdefault((measure.removesuffix(end), issue), {})
                sides.setdefault(end, fields.get(f"key-{number}", ""))
    there = {row["of"].replace(" ", "") for row in rows(fields)}
    return [
        (f"{stem}_balance{'_' if issue else ''}{issue}", sides[WITH], sides[ALONE])
        for (stem, issue), sides in found.items()
        if len(sides) == 2 and f"{sides[WITH]},{sides[ALONE]}" not in there
    ]


def with_pairs(fields: Table[str, str]) -> Fields:
    """Turn ticked pairs into rows."""
    filled = {name: value for name, value in fields.items() if not name.startswith("pair-")}
    ticked = [value for name, value in fields.items() if name.startswith("pair-")]
    number = len(rows(filled)) - 1
    for key, first, second in pairs(filled):
        if f"{first},{second}" in ticked:
            told = {"key": key, "rule": "difference", "of": f"{first}, {second}"}
            filled |= {f"derived-{number}-{name}": value for name, value in told.items()}
            number += 1
    return filled
