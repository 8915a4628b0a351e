"""Fill the form from a mapping, and from guesses where a column's role is new."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from typing import Any

from analysis.guessing import MEASURES, guess_scale
from analysis.mapping import Mapping, OutcomeColumn, plain
from analysis.survey_files import SurveyFile

from .codes import written_codes
from .columns import values_of
from .derived import derived_fields

Fields = dict[str, str]
GIVEN = {"given": ("1", "yes"), "not": ("0", "no")}
OUTCOME_FIELDS = ("key", "issue", "measure", "scale", "asked", "refers_to")


def fields_from(mapping: Mapping, survey: SurveyFile) -> Fields:
    """Fill the form from a mapping; columns that the file does not have are passed over."""
    numbers = {str(name): number for number, name in enumerate(survey.frame.columns)}
    fields: Fields = {}
    for column, role in _roles(mapping):
        if column in numbers:
            fields[f"role-{numbers[column]}"] = role
    for column, meanings in _meanings(mapping):
        if column in numbers:
            fields |= _value_fields(survey, numbers[column], meanings)
    for entry in mapping.asked:
        if entry.outcome.values in numbers:
            fields |= _outcome_fields(numbers[entry.outcome.values], entry)
    return fields | derived_fields(mapping)


def _roles(mapping: Mapping) -> Iterator[tuple[str | None, str]]:
    for name in ("respondent", "area", "weight", "cluster", "duration"):
        yield getattr(mapping, name), name
    for name in ("arm", "nudge_a", "nudge_b"):
        part = getattr(mapping, name)
        yield part and part.column, name
    yield from ((column, "strata") for column in mapping.strata)
    yield from ((column, "covariate") for column in mapping.covariates)
    yield from ((entry.outcome.values, "outcome") for entry in mapping.asked)


def _meanings(mapping: Mapping) -> Iterator[tuple[str, dict[str, Sequence[Any]]]]:
    """Say what values mean: arm → its labels, or given and not → theirs."""
    for nudge in filter(None, (mapping.nudge_a, mapping.nudge_b)):
        yield nudge.column, {"given": nudge.given, "not": nudge.not_given}
    if mapping.arm:
        yield mapping.arm.column, dict(mapping.arm.labels)


def _value_fields(survey: SurveyFile, number: int, meanings: Table[str, Sequence[Any]]) -> Fields:
    """Match by code or by label, as the mapping itself does."""
    told = {plain(value): name for name, values in meanings.items() for value in values}
    found = {
        value["key"]: told.get(value["key"]) or told.get(plain(value["label"]))
        for value in values_of(survey, number)
    }
    return {f"value-{number}-{key}": name for key, name in found.items() if name}


def _outcome_fields(number: int, entry: OutcomeColumn) -> Fields:
    fields = {f"{name}-{number}": getattr(entry.outcome, name) for name in OUTCOME_FIELDS}
    fields[f"missing-{number}"] = written_codes(entry.missing, entry.missing_labels)
    lines = [f"{label} = {value:.15g}" for label, value in entry.values.items()]
    fields[f"recode-{number}"] = "\n".join(lines)
    words = [f"{code} = {word}" for code, word in entry.labels.items()]
    fields[f"labels-{number}"] = "\n".join(words)
    for name, end in (("low", entry.low), ("high", entry.high)):
        if end is not None:
            fields[f"{name}-{number}"] = f"{end:.15g}"
    return fields | ({f"reverse-{number}": "on"} if entry.reverse else {})


def with_defaults(fields: Table[str, str], survey: SurveyFile) -> Fields:
    """Fill what seems right for a role just chosen: an outcome's details, or 1 for given."""
    filled = dict(fields)
    for number, name in enumerate(map(str, survey.frame.columns)):
        if filled.get(f"role-{number}") in ("nudge_a", "nudge_b"):
            told = [text for name, text in filled.items() if name.startswith(f"value-{number}-")]
            if not set(told) & set(GIVEN):
                filled |= _value_fields(survey, number, GIVEN)
        if filled.get(f"role-{number}") == "outcome":
            key = filled.setdefault(f"key-{number}", "_".join(plain(name).split()))
            filled.setdefault(f"measure-{number}", next((m for m in MEASURES if m in key), key))
            if f"scale-{number}" not in filled:
                filled[f"scale-{number}"] = guess_scale(survey, name)
    return filled
