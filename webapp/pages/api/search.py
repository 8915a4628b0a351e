"""Search what was said, as JSON."""

from typing import Any

from coding import searching
from linkage import areas

from ...current import study
from ...openapi import described
from .blueprint import STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/search")
@described("Words", "[Hit]", asked="SomeWords")
def search(asked: Row) -> list[Row]:
    """Find words in all transcripts.

    Capitals, kinds of quotation marks and of spaces make no difference.
    """
    db = study().db
    area_id = areas.find_area(db, asked["area"])["id"] if asked["area"] is not None else None
    return searching.find_words(db, asked["words"], area_id=area_id)
