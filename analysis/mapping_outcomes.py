"""The outcomes of a mapping in TOML: [[outcome]] for a column, [[derived]] for one worked out."""

from collections.abc import Sequence
from typing import Any

from .deriving import check_derived, default_outcome
from .design import ASKED, REFERS_TO, SCALES, Outcome
from .errors import BadInput
from .mapping import DerivedOutcome, OutcomeColumn
from .toml_checks import (
    Table,
    is_number,
    listed,
    needed,
    number,
    one_of,
    only,
    words_of_codes,
)

OUTCOME = {
    "key", "column", "issue", "measure", "scale", "asked", "refers_to", "missing", "values",
    "reverse", "low", "high", "labels",
}  # fmt: skip
DERIVED = {"key", "rule", "of", "issue", "measure", "scale", "asked", "refers_to", "low", "high"}
SAID = ("measure", "issue", "scale", "asked", "refers_to")


def read_outcome(table: Table) -> OutcomeColumn:
    """Read one [[outcome]]."""
    only(table, OUTCOME, "[[outcome]]")
    key = needed(table, "key", "[[outcome]]")
    where = f"The outcome “{key}”"
    column = needed(table, "column", where)
    scale = one_of(table, "scale", SCALES, None, where)
    outcome = Outcome(
        key=key,
        issue=str(table.get("issue", "")),
        measure=str(table.get("measure", key)),
        scale=scale,
        column=column,
        asked=one_of(table, "asked", ASKED, "after", where),
        refers_to=one_of(table, "refers_to", REFERS_TO, "present", where),
    )
    missing, words = _missing(table, where)
    return OutcomeColumn(
        outcome,
        missing,
        _recoding(table, where),
        reverse=_yes_or_no(table, "reverse", where),
        low=number(table, "low", where),
        high=number(table, "high", where),
        missing_labels=words,
        labels=words_of_codes(table, "labels", where),
    )


def read_derived(table: Table, above: Sequence[Outcome]) -> DerivedOutcome:
    """Read one [[derived]]; its parts stand above it."""
    only(table, DERIVED, "[[derived]]")
    key = needed(table, "key", "[[derived]]")
    where = f"The derived outcome “{key}”"
    rule, of = needed(table, "rule", where), [str(part) for part in listed(table.get("of"), "of")]
    try:
        check_derived(above, rule, of)
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from None
    told = {name: str(table[name]) for name in SAID if name in table}
    parts = [outcome for outcome in above if outcome.key in of]
    outcome = Outcome(key=key, **default_outcome(key, rule, parts, told))
    low, high = (number(table, name, where) for name in ("low", "high"))
    return DerivedOutcome(outcome, low=low, high=high, rule=rule, of=tuple(of))


def outcome_table(entry: OutcomeColumn) -> Table:
    """Write an outcome as its [[outcome]] or [[derived]]; what is not said is left out."""
    outcome = entry.outcome
    table: Table = {"key": outcome.key}
    if isinstance(entry, DerivedOutcome):
        table |= {"rule": entry.rule, "of": list(entry.of)}
    else:
        table["column"] = outcome.values
    table |= {
        "issue": outcome.issue,
        "measure": outcome.measure,
        "scale": outcome.scale,
        "asked": outcome.asked,
        "refers_to": outcome.refers_to,
    }
    more = {
        "missing": _missing_as_told(entry),
        "values": dict(entry.values),
        "reverse": entry.reverse,
        "labels": dict(entry.labels),
    }
    table |= {name: detail for name, detail in more.items() if detail}
    ends = {"low": entry.low, "high": entry.high}
    return table | {name: end for name, end in ends.items() if end is not None}


def _missing(table: Table, where: str) -> tuple[tuple[Any, ...], dict[str, str]]:
    """Read the codes of no answer: a list, or a table that says what each means."""
    if not isinstance(table.get("missing"), dict):
        return tuple(listed(table.get("missing", []), "missing")), {}
    words = words_of_codes(table, "missing", where)
    return tuple(words), {code: word for code, word in words.items() if word}


def _missing_as_told(entry: OutcomeColumn) -> list[Any] | dict[str, str]:
    if not entry.missing_labels:
        return list(entry.missing)
    return {str(code): entry.missing_labels.get(str(code), "") for code in entry.missing}


def _recoding(table: Table, where: str) -> dict[str, float]:
    values = table.get("values", {})
    if not isinstance(values, dict) or not all(map(is_number, values.values())):
        raise BadInput(f'{where}: values must give numbers, as in values = {{ "Yes" = 1 }}.')
    return {label: float(value) for label, value in values.items()}


def _yes_or_no(table: Table, name: str, where: str) -> bool:
    value = table.get(name, False)
    if not isinstance(value, bool):
        raise BadInput(f"{where}: {name} must be true or false, without quotes.")
    return value
