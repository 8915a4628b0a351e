"""The framework matrix as JSON."""

from typing import Any

from coding import framework as framework_
from linkage import areas

from ...current import study
from ...openapi import described
from .blueprint import STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/framework")
@described("Words", "[FrameworkCell]", asked="OfFramework")
def framework(asked: Row) -> list[Row]:
    """List the cells of the framework matrix, row by row, also the empty ones."""
    db = study().db
    area_id = areas.find_area(db, asked["area"])["id"] if asked["area"] is not None else None
    issue_id = areas.find_issue(db, asked["issue"])["id"] if asked["issue"] is not None else None
    found = framework_.framework(db, asked["rows"], area_id=area_id, issue_id=issue_id)
    return framework_.tidy(found)
