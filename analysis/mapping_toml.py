"""A mapping as TOML: read with every mistake named, written so that it reads back the same."""

import tomllib
from collections.abc import Iterable
from typing import Any

import tomli_w

from .design import ASKED, REFERS_TO, SCALES, Outcome
from .errors import BadInput
from .mapping import ArmColumn, Mapping, NudgeColumn, OutcomeColumn, plain

Table = dict[str, Any]

LARGEST = 1e300  # a whole number in TOML may have any number of digits

TOP = {
    "respondent", "area", "weight", "strata", "cluster",
    "nudge_a", "nudge_b", "arm", "outcome", "covariate",
}  # fmt: skip
OUTCOME = {
    "key", "column", "issue", "measure", "scale", "asked", "refers_to", "missing", "values",
}  # fmt: skip


def parse_mapping(text: str) -> Mapping:
    """Read a mapping from TOML; raises BadInput naming the wrong key and what is allowed."""
    try:
        table = tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError is one; so is a number of too many digits
        raise BadInput(f"The mapping is not valid TOML: {error}.") from error
    except RecursionError as error:
        raise BadInput("The mapping is not valid TOML: it is nested too deeply.") from error
    _only(table, TOP, "the mapping")
    arm = _arm(_section(table, "arm"))
    nudge_a, nudge_b = (_nudge(_section(table, name), name) for name in ("nudge_a", "nudge_b"))
    if (arm is None) == (nudge_a is None and nudge_b is None):
        raise BadInput(
            "The mapping must say the arm once: either [arm], or [nudge_a] and [nudge_b]."
        )
    outcomes = tuple(_outcome(entry) for entry in _tables(table, "outcome"))
    if not outcomes:
        raise BadInput("The mapping names no outcome; add [[outcome]] with key, column and scale.")
    return Mapping(
        outcomes=outcomes,
        respondent=_text(table, "respondent"),
        area=_text(table, "area"),
        weight=_text(table, "weight"),
        strata=_strata(table),
        cluster=_text(table, "cluster"),
        nudge_a=nudge_a,
        nudge_b=nudge_b,
        arm=arm,
        covariates=tuple(_needed(entry, "column", "[[covariate]]")
                         for entry in _tables(table, "covariate")),
    )  # fmt: skip


def to_toml(mapping: Mapping) -> str:
    """Write a mapping as the TOML that `parse_mapping` reads."""
    table: Table = {
        name: getattr(mapping, name)
        for name in ("respondent", "area", "weight", "cluster")
        if getattr(mapping, name)
    }
    if mapping.strata:
        table["strata"] = list(mapping.strata)
    for name in ("nudge_a", "nudge_b"):
        nudge: NudgeColumn | None = getattr(mapping, name)
        if nudge:
            table[name] = {
                "column": nudge.column,
                "given": list(nudge.given),
                "not_given": list(nudge.not_given),
            }
    if mapping.arm:
        labels = {arm: list(values) for arm, values in mapping.arm.labels.items()}
        table["arm"] = {"column": mapping.arm.column, "labels": labels}
    table["outcome"] = [_outcome_table(entry) for entry in mapping.outcomes]
    if mapping.covariates:
        table["covariate"] = [{"column": name} for name in mapping.covariates]
    return tomli_w.dumps(table)


def _outcome_table(entry: OutcomeColumn) -> Table:
    outcome = entry.outcome
    table: Table = {
        "key": outcome.key,
        "column": outcome.values,
        "issue": outcome.issue,
        "measure": outcome.measure,
        "scale": outcome.scale,
        "asked": outcome.asked,
        "refers_to": outcome.refers_to,
    }
    if entry.missing:
        table["missing"] = list(entry.missing)
    if entry.values:
        table["values"] = dict(entry.values)
    return table


def _only(table: Table, allowed: set[str], where: str) -> None:
    for name in table:
        if name not in allowed:
            raise BadInput(
                f"“{name}” in {where} is unknown; allowed are: {', '.join(sorted(allowed))}."
            )


def _tables(table: Table, name: str) -> list[Table]:
    entries = table.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadInput(f"Write [[{name}]] with double brackets, once for each {name}.")
    return entries


def _section(table: Table, name: str) -> Table | None:
    section = table.get(name)
    if section is not None and not isinstance(section, dict):
        raise BadInput(f"Write [{name}] as a section of its own, in single brackets.")
    return section


def _strata(table: Table) -> tuple[str, ...]:
    names = _list(table.get("strata", []), "strata")
    if not all(isinstance(name, str) and name for name in names):
        raise BadInput("“strata” in the mapping must be names of columns, in quotes.")
    return tuple(names)


def _text(table: Table, name: str) -> str | None:
    value = table.get(name)
    if value is not None and (not isinstance(value, str) or not value):
        raise BadInput(f"“{name}” in the mapping must be the name of a column, in quotes.")
    return value


def _needed(table: Table, name: str, where: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f'{where} needs {name} = "…".')
    return value


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadInput(f"“{name}” in the mapping must be a list in square brackets.")
    if not all(isinstance(part, str | bool) or _is_number(part) for part in value):
        raise BadInput(f"“{name}” in the mapping must list texts, in quotes, or numbers.")
    return value


def _nudge(table: Table | None, name: str) -> NudgeColumn | None:
    if table is None:
        return None
    _only(table, {"column", "given", "not_given"}, f"[{name}]")
    given, not_given = (_list(table.get(k), k) for k in ("given", "not_given"))
    both = {plain(v) for v in given} & {plain(v) for v in not_given}
    if both or not given or not not_given:
        raise BadInput(f"[{name}] needs given = [...] and not_given = [...], no value in both.")
    return NudgeColumn(_needed(table, "column", f"[{name}]"), tuple(given), tuple(not_given))


def _arm(table: Table | None) -> ArmColumn | None:
    if table is None:
        return None
    _only(table, {"column", "labels"}, "[arm]")
    labels = table.get("labels")
    if not isinstance(labels, dict) or len(labels) < 2:
        raise BadInput('[arm] needs labels = { none = ["Control"], A = ["A"], … }, control first.')
    if not all(arm.strip() for arm in labels):
        raise BadInput("[arm] has an arm without a name; name it in labels.")
    lists = {arm: tuple(_list(values, f"labels.{arm}")) for arm, values in labels.items()}
    every = [plain(value) for values in lists.values() for value in values]
    if len(every) != len(set(every)):
        raise BadInput("[arm] gives one label to two arms; each label means one arm.")
    return ArmColumn(_needed(table, "column", "[arm]"), lists)


def _outcome(table: Table) -> OutcomeColumn:
    _only(table, OUTCOME, "[[outcome]]")
    key = _needed(table, "key", "[[outcome]]")
    where = f"The outcome “{key}”"
    column = _needed(table, "column", where)
    scale = _one_of(table, "scale", SCALES, None, where)
    values = table.get("values", {})
    if not isinstance(values, dict) or not all(map(_is_number, values.values())):
        raise BadInput(f'{where}: values must give numbers, as in values = {{ "Yes" = 1 }}.')
    outcome = Outcome(
        key=key,
        issue=str(table.get("issue", "")),
        measure=str(table.get("measure", key)),
        scale=scale,
        column=column,
        asked=_one_of(table, "asked", ASKED, "after", where),
        refers_to=_one_of(table, "refers_to", REFERS_TO, "present", where),
    )
    missing = tuple(_list(table.get("missing", []), "missing"))
    return OutcomeColumn(outcome, missing, {k: float(v) for k, v in values.items()})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) < LARGEST


def _one_of(
    table: Table, name: str, allowed: Iterable[str], default: str | None, where: str
) -> str:
    value = table.get(name, default)
    if value not in tuple(allowed):
        raise BadInput(f"{where} needs {name}: one of {', '.join(allowed)}.")
    return str(value)
