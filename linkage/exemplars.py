"""Which quote stands for a theme in an area, by a rule that anybody can check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database

from coding.checks import Row
from coding.codings import list_codings
from coding.consent import Permits
from coding.turns import count_words

if TYPE_CHECKING:
    import pandas as pd

SHORTEST, BEST, LONGEST = 6, 18, 40
RULE = (
    f"Of the theme's codings in groups before the survey that lie within one participant's turn, "
    f"have {SHORTEST} to {LONGEST} words, and whose speaker's consent lets them be published: "
    f"the one nearest to {BEST} words, the earliest coding where two are as near."
)


def choose_quotes(db: Database, issue_id: int | None = None) -> pd.DataFrame:
    """Choose a quote for each theme and area by `RULE`: theme_id, area_id, coding_id, quote."""
    import pandas as pd

    permits = Permits.read(db, "publication")
    refused = {n for n in permits.held if not permits.allows(permits.of_speakers([n]))}
    best: dict[tuple[int, int], tuple[int, int, str]] = {}
    for row in list_codings(db):
        if _fits(row, refused) and issue_id in (None, row["issue_id"]):
            rank = (abs(count_words(row["quote"]) - BEST), row["id"], row["quote"])
            place = (row["theme_id"], row["area_id"])
            best[place] = min(best.get(place, rank), rank)
    rows = [
        (*place, coding_id, " ".join(quote.split()))
        for place, (_, coding_id, quote) in best.items()
    ]
    columns = ["theme_id", "area_id", "coding_id", "quote"]
    whole = {"theme_id": "int64", "area_id": "int64", "coding_id": "int64"}
    return pd.DataFrame(rows, columns=columns).astype(whole)


def _fits(row: Row, refused: set[int]) -> bool:
    return (
        row["phase"] == "source"
        and row["role"] == "participant"
        and row["turns"] == 1
        and row["speaker_id"] not in refused
        and SHORTEST <= count_words(row["quote"]) <= LONGEST
    )
