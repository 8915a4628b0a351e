"""A mapping as TOML: read with every mistake named, written so that it reads back the same."""

import tomllib

import tomli_w

from .errors import BadInput
from .mapping import ArmColumn, Mapping, NudgeColumn, OutcomeColumn, plain
from .mapping_outcomes import outcome_table, read_derived, read_outcome
from .toml_checks import Table, column_names, listed, needed, only, section, tables, text

TOP = {
    "respondent", "area", "weight", "strata", "cluster", "duration",
    "nudge_a", "nudge_b", "arm", "outcome", "derived", "covariate",
}  # fmt: skip


def parse_mapping(toml: str) -> Mapping:
    """Read a mapping from TOML; raises BadInput naming the wrong key and what is allowed."""
    try:
        table = tomllib.loads(toml)
    except ValueError as error:  # TOMLDecodeError is one; so is a number of too many digits
        raise BadInput(f"The mapping is not valid TOML: {error}.") from error
    except RecursionError as error:
        raise BadInput("The mapping is not valid TOML: it is nested too deeply.") from error
    only(table, TOP, "the mapping")
    arm = _arm(section(table, "arm"))
    nudge_a, nudge_b = (_nudge(section(table, name), name) for name in ("nudge_a", "nudge_b"))
    if (arm is None) == (nudge_a is None and nudge_b is None):
        raise BadInput(
            "The mapping must say the arm once: either [arm], or [nudge_a] and [nudge_b]."
        )
    return Mapping(
        outcomes=_outcomes(table),
        respondent=text(table, "respondent"),
        area=text(table, "area"),
        weight=text(table, "weight"),
        strata=column_names(table, "strata"),
        cluster=text(table, "cluster"),
        nudge_a=nudge_a,
        nudge_b=nudge_b,
        arm=arm,
        covariates=tuple(needed(entry, "column", "[[covariate]]")
                         for entry in tables(table, "covariate")),
        duration=text(table, "duration"),
    )  # fmt: skip


def to_toml(mapping: Mapping) -> str:
    """Write a mapping as the TOML that `parse_mapping` reads."""
    table: Table = {
        name: getattr(mapping, name)
        for name in ("respondent", "area", "weight", "cluster", "duration")
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
    table["outcome"] = [outcome_table(entry) for entry in mapping.asked]
    if mapping.derived:
        table["derived"] = [outcome_table(entry) for entry in mapping.derived]
    if mapping.covariates:
        table["covariate"] = [{"column": name} for name in mapping.covariates]
    return tomli_w.dumps(table)


def _outcomes(table: Table) -> tuple[OutcomeColumn, ...]:
    outcomes = [read_outcome(entry) for entry in tables(table, "outcome")]
    if not outcomes:
        raise BadInput("The mapping names no outcome; add [[outcome]] with key, column and scale.")
    for entry in tables(table, "derived"):
        outcomes.append(read_derived(entry, [o.outcome for o in outcomes]))
    return tuple(outcomes)


def _nudge(table: Table | None, name: str) -> NudgeColumn | None:
    if table is None:
        return None
    only(table, {"column", "given", "not_given"}, f"[{name}]")
    given, not_given = (listed(table.get(k), k) for k in ("given", "not_given"))
    both = {plain(v) for v in given} & {plain(v) for v in not_given}
    if both or not given or not not_given:
        raise BadInput(f"[{name}] needs given = [...] and not_given = [...], no value in both.")
    return NudgeColumn(needed(table, "column", f"[{name}]"), tuple(given), tuple(not_given))


def _arm(table: Table | None) -> ArmColumn | None:
    if table is None:
        return None
    only(table, {"column", "labels"}, "[arm]")
    labels = table.get("labels")
    if not isinstance(labels, dict) or len(labels) < 2:
        raise BadInput('[arm] needs labels = { none = ["Control"], A = ["A"], … }, control first.')
    if not all(arm.strip() for arm in labels):
        raise BadInput("[arm] has an arm without a name; name it in labels.")
    lists = {arm: tuple(listed(values, f"labels.{arm}")) for arm, values in labels.items()}
    every = [plain(value) for values in lists.values() for value in values]
    if len(every) != len(set(every)):
        raise BadInput("[arm] gives one label to two arms; each label means one arm.")
    return ArmColumn(needed(table, "column", "[arm]"), lists)
