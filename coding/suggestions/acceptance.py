"""What people decided on suggestions: listed, and counted by code and over time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlite_utils import Database

from coding.checks import Row
from coding.transcripts import passage

if TYPE_CHECKING:
    import pandas as pd


def list_decisions(
    db: Database, *, decision: str | None = None, code_id: int | None = None
) -> list[Row]:
    """List decisions, the newest first: what was suggested, who decided, and when."""
    rows = list(db.query(LIST, {"decision": decision, "code_id": code_id}))
    for row in rows:
        there = passage(db, row["transcript_id"], row["start"], row["end"])
        row["moved"] = there != row["quote"]
    return rows


LIST = """
    SELECT d.id, t.title AS transcript, u.position AS turn, d.start, d."end", d.quote,
        k.name AS code, d.probability, d.decision, o.name AS coder, d.decided_at, d.model,
        d.transcript_id, d.code_id, d.coding_id, d.coder_id, n.name AS coded_as,
        p.name AS speaker
    FROM suggestion_decision d
    JOIN transcript t ON t.id = d.transcript_id
    JOIN code k ON k.id = d.code_id
    JOIN coder o ON o.id = d.coder_id
    LEFT JOIN coding c ON c.id = d.coding_id
    LEFT JOIN code n ON n.id = c.code_id
    LEFT JOIN turn u ON u.id = (SELECT v.id FROM turn v WHERE v.transcript_id = d.transcript_id
        AND v."end" > d.start ORDER BY v."end" LIMIT 1)
    LEFT JOIN speaker p ON p.id = u.speaker_id
    WHERE (:decision IS NULL OR d.decision = :decision)
        AND (:code_id IS NULL OR d.code_id = :code_id)
    ORDER BY d.decided_at DESC, d.id DESC
    """


def acceptance_by_code(db: Database) -> list[Row]:
    """Count accepted and decided suggestions of each code that has any, by code."""
    return [_rate(row) for row in db.query(BY_CODE)]


BY_CODE = """
    SELECT d.code_id, k.name AS code, sum(d.decision = 'accepted') AS accepted,
        count(*) AS decided
    FROM suggestion_decision d JOIN code k ON k.id = d.code_id GROUP BY d.code_id ORDER BY k.name
    """


def acceptance_by_week(db: Database) -> list[Row]:
    """Count accepted and decided suggestions by the week they were decided in, its Monday first.

    Weeks without a decision are left out.
    """
    weeks: dict[date, list[int]] = {}
    for day, accepted, decided in db.execute(BY_DAY).fetchall():
        when = date.fromisoformat(day)
        counted = weeks.setdefault(when - timedelta(days=when.weekday()), [0, 0])
        counted[0] += accepted
        counted[1] += decided
    return [
        _rate({"week": week.isoformat(), "accepted": counted[0], "decided": counted[1]})
        for week, counted in sorted(weeks.items())
    ]


BY_DAY = """
    SELECT substr(decided_at, 1, 10), sum(decision = 'accepted'), count(*)
    FROM suggestion_decision GROUP BY 1
    """


# Where the bins of probabilities begin; what is less likely is hardly ever suggested.
BINS = (0.0, 0.25, 0.5, 0.75, 0.9)


def acceptance_by_probability(db: Database) -> list[Row]:
    """Count accepted and decided suggestions by how likely they were said to be, least first.

    Bins run from `low` up to but without `high`; those without a decision are left out.
    """
    bins = {low: [0, 0] for low in BINS}
    for probability, accepted in db.execute(BY_PROBABILITY).fetchall():
        counted = bins[max(low for low in BINS if low <= probability)]
        counted[0] += accepted
        counted[1] += 1
    ends = dict(zip(BINS, (*BINS[1:], 1.0), strict=True))
    return [
        _rate({"low": low, "high": ends[low], "accepted": counted[0], "decided": counted[1]})
        for low, counted in bins.items()
        if counted[1]
    ]


BY_PROBABILITY = "SELECT probability, decision = 'accepted' FROM suggestion_decision"


def _rate(row: Row) -> Row:
    return {**row, "rate": row["accepted"] / row["decided"]}


def acceptance_frame(db: Database) -> pd.DataFrame:
    """Return acceptance by code as a frame: code, accepted, decided, rate."""
    import pandas as pd

    columns = ["code", "accepted", "decided", "rate"]
    return pd.DataFrame(acceptance_by_code(db), columns=columns)
