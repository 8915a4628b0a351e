"""Topics as frames."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlite_utils import Database

from ..checks import Row
from ..codebook import codebook
from .asking import Asked
from .coverage import Coverage, cover
from .dismissing import mark_dismissed


def topics_frame(db: Database, asked: Asked, found: dict[str, Any]) -> pd.DataFrame:
    """Lay out topics that were found, with their counts as the study stands.

    Parameters
    ----------
    db : Database
    asked : Asked
    found : dict
        Of `find_topics`.

    Returns
    -------
    DataFrame
        A row a topic, the largest first: `topic` (its number), `words` (ten strongest),
        `stability` (0 to 1), `turns`, `areas`, then `turns_total, areas_total, groups,
        groups_total, speakers, speakers_total` (participants, counted as people), `coded` (turns
        that bear a code), `near` (codes whose words it shares), `dismissed`.
    """
    names = {code["id"]: code["path"] for code in codebook(db)}
    covered = cover(db, asked, found["topics"])
    hidden = mark_dismissed(db, found["topics"], asked.area_id)
    rows = [
        _row(number, topic, spread, names, dismissed=gone is not None)
        for number, (topic, spread, gone) in enumerate(
            zip(found["topics"], covered, hidden, strict=True), 1
        )
    ]
    return pd.DataFrame(rows)


def _row(
    number: int, topic: Row, spread: Coverage, names: dict[int, str], *, dismissed: bool
) -> Row:
    near = [names[row["code_id"]] for row in topic["near"] if row["code_id"] in names]
    return {
        "topic": number,
        "words": ", ".join(word for word, _ in topic["words"][:10]),
        "stability": topic["stability"],
        "turns": spread.part.turns,
        "areas": spread.part.areas,
        "turns_total": spread.whole.turns,
        "areas_total": spread.whole.areas,
        "groups": spread.part.groups,
        "groups_total": spread.whole.groups,
        "speakers": spread.part.people,
        "speakers_total": spread.whole.people,
        "coded": spread.coded,
        "near": "; ".join(near),
        "dismissed": dismissed,
    }


def curve_frame(found: dict[str, Any]) -> pd.DataFrame:
    """Lay out how stable each number of topics is: `topics, stability, proposed`."""
    frame = pd.DataFrame(found["curve"], columns=["topics", "stability"])
    return frame.assign(proposed=frame["topics"] == found["proposed"])
