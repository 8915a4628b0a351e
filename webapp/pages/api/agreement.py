"""Agreement between coders and the agreed layer as JSON."""

from typing import Any

from ...current import study
from ...numbers import plain_rows
from ...openapi import described
from .blueprint import STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/agreement")
@described("Words", "Agreement", asked="HowToCompare")
def agreement(asked: Row) -> Row:
    """Compute how far coders agree, per code and overall, on what two or more of them finished."""
    from coding.agreement_caveats import caveats
    from coding.agreement_table import Asked, agreement_table

    found = agreement_table(study().db, Asked(**asked))
    return {
        **asked,
        "coders": [row["name"] for row in found.coders],
        "transcripts": [row["id"] for row in found.compared],
        "caveats": caveats(found),
        "agreement": plain_rows(found.frame),
    }


@pages.get(f"{STUDY}/agreed")
@described("Words", "[AgreedPassage]")
def agreed() -> list[Row]:
    """List the agreed layer: what coders agree on, and what was decided where they differ.

    It stands apart from the codings; places that are still open are not in it.
    """
    from coding.adjudicating import agreed_layer

    return agreed_layer(study().db)
