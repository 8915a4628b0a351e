"""Saturation: how many codes each further transcript brings that none before it had."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlite_utils import Database

from ..errors import BadInput
from .corpus import load_corpus, transcript_titles

MOST_ORDERS = 10_000


def saturation(
    db: Database,
    *,
    level: str = "code",
    phase: str | None = "source",
    area_id: int | None = None,
    orders: int = 500,
    seed: int = 1,
) -> pd.DataFrame:
    """Count the codes that are new with each transcript, as imported and averaged over orders.

    Transcripts without any coding are left out: they are not coded yet, and would make a curve
    flat that is not.

    Parameters
    ----------
    db : Database
    level : {'code', 'theme'}
    phase, area_id
        As `load_corpus` takes them.
    orders : int
        How many random orders, 1 to 10000.
    seed : int
        The same seed gives the same orders.

    Returns
    -------
    DataFrame
        A row a transcript in the order of import: `place` from 1, `transcript, codes` it has,
        `new` ones, `known` ones so far; over the random orders `mean_new`, `mean_known`,
        `known_low` and `known_high` (the middle 95 % of orders), then `transcript_id`.

    Raises
    ------
    BadInput
        Where orders is out of range.
    """
    if not 1 <= orders <= MOST_ORDERS:
        raise BadInput(f"Between 1 and {MOST_ORDERS} orders can be averaged.")
    corpus = load_corpus(db, phase=phase, area_id=area_id)
    used = corpus.codings[["transcript_id", f"{level}_id"]].drop_duplicates()
    coded = set(used["transcript_id"])
    rows = [row for row in transcript_titles(db) if row["id"] in coded]
    transcript, code = (pd.Index(sorted(set(used[name]))) for name in used)
    has = np.zeros((len(transcript), len(code)), dtype=bool)
    has[transcript.get_indexer(used.iloc[:, 0]), code.get_indexer(used.iloc[:, 1])] = True
    known = np.logical_or.accumulate(has).sum(axis=1) if len(has) else np.zeros(0, int)
    curves = _curves(has, orders, seed)
    low, high = np.quantile(curves, [0.025, 0.975], axis=0)
    mean = curves.mean(axis=0)
    return pd.DataFrame(
        {
            "place": np.arange(1, len(rows) + 1),
            "transcript": [row["title"] for row in rows],
            "codes": has.sum(axis=1),
            "new": np.diff(known, prepend=0),
            "known": known,
            "mean_new": np.diff(mean, prepend=0),
            "mean_known": mean,
            "known_low": low,
            "known_high": high,
            "transcript_id": [row["id"] for row in rows],
        }
    )


def _curves(has: np.ndarray, orders: int, seed: int) -> np.ndarray:
    """Return how many codes are known after each transcript, one row an order."""
    rng = np.random.default_rng(seed)
    curves = np.zeros((orders, len(has)))
    for number in range(orders):
        curves[number] = np.logical_or.accumulate(has[rng.permutation(len(has))]).sum(axis=1)
    return curves
