"""The tables of answers in a file made elsewhere: which columns they may have."""

import re
from typing import Any

from coding.errors import BadInput

from .door import short

FIRST = {"id": int, "respondent": str, "area_id": int, "arm": str, "arm_reported": str}
ANSWER = re.compile(r"[ox][1-9][0-9]{0,4}")
KINDS: dict[str, type] = {"TEXT": str, "REAL": float, "FLOAT": float, "INTEGER": int}


def response_columns(there: dict[str, str], row: dict[str, Any], name: str) -> dict[str, type]:
    """Return the columns to copy, typed; raises BadInput where those of its mapping are missing."""
    from analysis.mapping_toml import parse_mapping
    from analysis.response_tables import columns_of

    kinds: dict[str, type] = {**FIRST, "weight": float}
    for column in there:
        if ANSWER.fullmatch(column):
            kinds[column] = KINDS.get(there[column], str)
    wanted = [*kinds, *columns_of(parse_mapping(row["mapping"])).values()]
    missing = [column for column in wanted if column not in there]
    if missing:
        raise BadInput(
            f"“{name}” has no column “{missing[0]}” among the answers of "
            f"{short(row['file_name'])}; it is no whole study."
        )
    return kinds
