"""What the parts of a TOML table must be; each mistake is one sentence."""

from collections.abc import Iterable
from typing import Any

from .errors import BadInput

Table = dict[str, Any]

LARGEST = 1e300  # a whole number in TOML may have any number of digits


def only(table: Table, allowed: set[str], where: str) -> None:
    """Raise BadInput at the first key that is not allowed."""
    for name in table:
        if name not in allowed:
            raise BadInput(
                f"“{name}” in {where} is unknown; allowed are: {', '.join(sorted(allowed))}."
            )


def tables(table: Table, name: str) -> list[Table]:
    """Return the entries written [[name]]."""
    entries = table.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadInput(f"Write [[{name}]] with double brackets, once for each {name}.")
    return entries


def section(table: Table, name: str) -> Table | None:
    """Return the section written [name]."""
    found = table.get(name)
    if found is not None and not isinstance(found, dict):
        raise BadInput(f"Write [{name}] as a section of its own, in single brackets.")
    return found


def text(table: Table, name: str) -> str | None:
    """Return the name of a column."""
    value = table.get(name)
    if value is not None and (not isinstance(value, str) or not value):
        raise BadInput(f"“{name}” in the mapping must be the name of a column, in quotes.")
    return value


def needed(table: Table, name: str, where: str) -> str:
    """Return a text that must be there."""
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f'{where} needs {name} = "…".')
    return value


def listed(value: Any, name: str) -> list[Any]:
    """Return a list of texts and numbers."""
    if not isinstance(value, list):
        raise BadInput(f"“{name}” in the mapping must be a list in square brackets.")
    if not all(isinstance(part, str | bool) or is_number(part) for part in value):
        raise BadInput(f"“{name}” in the mapping must list texts, in quotes, or numbers.")
    return value


def column_names(table: Table, name: str) -> tuple[str, ...]:
    """Return a list of names of columns."""
    names = listed(table.get(name, []), name)
    if not all(isinstance(entry, str) and entry for entry in names):
        raise BadInput(f"“{name}” in the mapping must be names of columns, in quotes.")
    return tuple(names)


def words_of_codes(table: Table, name: str, where: str) -> dict[str, str]:
    """Return a table of code = "words"."""
    found = table.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(word, str) for word in found.values()):
        raise BadInput(f'{where}: {name} must give words to codes, as in {{ 1 = "Never" }}.')
    return found


def is_number(value: Any) -> bool:
    """Say whether a value is a number that can be reckoned with."""
    return isinstance(value, int | float) and abs(value) < LARGEST


def number(table: Table, name: str, where: str) -> float | None:
    """Return a number, or None where there is none."""
    value = table.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not is_number(value):
        raise BadInput(f"{where}: {name} must be a number.")
    return float(value)


def one_of(table: Table, name: str, allowed: Iterable[str], default: str | None, where: str) -> str:
    """Return a text that is among those allowed."""
    value = table.get(name, default)
    if value not in tuple(allowed):
        raise BadInput(f"{where} needs {name}: one of {', '.join(allowed)}.")
    return str(value)
