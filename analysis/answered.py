"""Which areas the stored answers are from; apart, since it needs none of the heavy libraries."""

import re
from string import Template

from sqlite_utils import Database

_TABLE = re.compile(r"response_\d+")
_AREAS = Template("SELECT DISTINCT area_id FROM $table WHERE area_id IS NOT NULL")


def areas_answered(db: Database) -> dict[str, set[int]]:
    """Map each table of answers to its areas; those of older versions have no foreign key."""
    return {
        name: {row[0] for row in db.execute(_AREAS.substitute(table=name)).fetchall()}
        for name in db.table_names()
        if _TABLE.fullmatch(name)
    }
