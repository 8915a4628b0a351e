"""A plan as TOML: for people who write one in an editor, and for the archive."""

import tomllib
from dataclasses import asdict
from typing import Any

import tomli_w

from ..errors import BadInput
from .planning import Plan
from .written import PARTS, from_table

# In the file an outcome stands as [[outcome]], as it does in the mapping of a survey.
SINGULAR = {"outcomes": "outcome", "families": "family", "exclusions": "exclusion"}
ALWAYS = ("issues", "issue")  # a plan must say these, if only that there is none


def to_toml(plan: Plan) -> str:
    """Write a plan as the TOML that `from_toml` reads; what says nothing is left out."""
    table = asdict(plan)
    written = {name: _plain(value) for name, value in table.items() if name not in PARTS}
    for name, one in SINGULAR.items():
        written[one] = [_stated(entry) for entry in table[name]]
    return tomli_w.dumps(_stated(written), multiline_strings=True)


def from_toml(text: str) -> Plan:
    """Read a plan from TOML; raises BadInput naming what is wrong."""
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except ValueError as error:  # TOMLDecodeError is one; so is a number of too many digits
        raise BadInput(f"The plan is not valid TOML: {error}.") from error
    except RecursionError as error:
        raise BadInput("The plan is not valid TOML: it is nested too deeply.") from error
    for name, one in SINGULAR.items():
        if one in table:
            entries = table.pop(one)
            if not isinstance(entries, list):
                raise BadInput(f"Write [[{one}]] with double brackets, once for each {one}.")
            table[name] = entries
    return from_table(table)


def _stated(table: dict[str, Any]) -> dict[str, Any]:
    left_out: tuple[Any, ...] = (None, (), [], "")
    return {
        name: _plain(value)
        for name, value in table.items()
        if value not in left_out or name in ALWAYS
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
