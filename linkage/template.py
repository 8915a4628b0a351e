"""A new study on the pattern of another: what it is about and its codebook, nothing personal."""

from sqlite_utils import Database

from coding.code_copies import copy_codebook

from .areas import areas, issues, waves


def copy_template(source: Database, target: Database) -> dict[str, int]:
    """Copy areas, issues, waves and the codebook into an empty study; returns how many of each.

    Nothing that anybody said, wrote, coded or answered is copied, no notice and no history.
    """
    parts = {"area": areas(source), "issue": issues(source), "wave": waves(source)}
    for table, rows in parts.items():
        target.table(table).insert_all(
            [{name: value for name, value in row.items() if name != "id"} for row in rows]
        )
    counts = {table: len(rows) for table, rows in parts.items()}
    return {**counts, "code": copy_codebook(source, target)}
