"""Turn columns of any kind into covariates: numbers as they are, categories one by one."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..blocks import check_columns
from ..errors import BadInput
from ..values import by_value, number, written

FEW = 10  # a category of fewer is put together with others, so that no name is kept
MANY = 20
OTHERS = "(others)"


def as_covariates(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return a frame of numbers, a column a covariate, and the names of its columns.

    A column of numbers stays one; of any other, each category becomes a share (1 or 0), those of
    fewer than ten respondents together. Missing stays missing.

    Raises
    ------
    BadInput
        A column is absent, named twice, or holds texts of which too few are alike.
    """
    check_columns(frame, list(columns))
    if len(set(columns)) < len(columns):
        raise BadInput("A column for balance is named twice; name each column once.")
    parts = [_covariates(frame[name], str(name)) for name in columns]
    found = pd.concat(parts, axis=1) if parts else pd.DataFrame(index=frame.index)
    return found, [str(name) for name in found.columns]


def _covariates(column: "pd.Series[Any]", name: str) -> pd.DataFrame:
    numbers = by_value(column, number).astype(float)
    if not np.isinf(numbers).any():
        return pd.DataFrame({name: numbers})
    texts = by_value(column, lambda value: written(value) or None)
    counts = texts.value_counts()
    kept = sorted(str(text) for text in counts.index[counts >= FEW])
    if not kept or len(kept) > MANY:
        told = f"{len(counts):,} different texts" if kept else "texts of which no ten are alike"
        raise BadInput(
            f"The column “{name}” holds {told}, which cannot be balanced; name columns of numbers "
            f"or of at most {MANY} categories."
        )
    found = {f"{name}: {text}": (texts == text).astype(float) for text in kept}
    if len(kept) < len(counts):
        found[f"{name}: {OTHERS}"] = (~texts.isin(kept)).astype(float)
    return pd.DataFrame(found).where(texts.notna(), np.nan, axis=0)
