"""Codes each alone, or themes with all that is nested under them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .corpus import Corpus

LEVELS = {"theme": "themes, codes taken in", "code": "single codes"}


def at_level(corpus: Corpus, level: str) -> pd.DataFrame:
    """List code_id, name, colour and theme; codings know theirs as `theme_id` or `code_id`."""
    codes = corpus.codes
    if level == "theme":
        codes = codes[codes["depth"] == 0]
    named = codes["path"] if codes["name"].duplicated().any() else codes["name"]
    rows: pd.DataFrame = codes.assign(name=named)[["code_id", "name", "colour", "theme"]]
    return rows.reset_index(drop=True)


def bearing(corpus: Corpus, codes: pd.DataFrame, level: str) -> np.ndarray:
    """Say of each turn and code whether a coding of it touches the turn."""
    pairs = corpus.pairs()
    grid = np.zeros((len(corpus.turns), len(codes)), dtype=bool)
    column = pd.Series(range(len(codes)), codes["code_id"], dtype="int64")
    which = column.reindex(corpus.codings[f"{level}_id"]).to_numpy()
    grid[pairs["turn"], which[pairs["coding"]].astype(int)] = True
    return grid
