"""Suggestions put into the tables by hand, so that what people do with them is tested alone."""

import json

from sqlite_utils import Database

FIT = "f" * 64
NOTHING_MEASURED = {"overall": {}, "codes": [], "calibration": [], "least": 10, "why": "Too few."}


def learn(db: Database, quality: dict | None = None, at: str = "2026-01-01T00:00:00+00:00") -> None:
    """Say that something was learned; older than all that a test does, unless told."""
    row = {"only": 1, "fit_sha256": FIT, "model": "a model 1.0", "fitted_at": at}
    row["quality"] = json.dumps(NOTHING_MEASURED if quality is None else quality)
    db.table("suggestion_fit").insert(row, replace=True)


def suggest(
    db: Database, transcript_id: int, code_id: int, start: int, end: int, *,
    probability: float = 0.8, words: tuple[str, ...] = (), nearest: tuple[int, ...] = (),
) -> None:  # fmt: skip
    """Put an open suggestion in its table, as learning does."""
    weighed = [[word, 1.0 / (n + 1)] for n, word in enumerate(words)]
    reasons = {"words": weighed, "nearest": list(nearest), "from": "coded passages"}
    row = {"transcript_id": transcript_id, "code_id": code_id, "start": start, "end": end}
    row |= {"probability": probability, "reasons": json.dumps(reasons)}
    db.table("open_suggestion").insert(row)
