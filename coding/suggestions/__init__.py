"""Suggest codes for passages, from the passages that are coded and from what codes are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def rank_codes(
    coded: Sequence[tuple[str, set[str]]],
    texts: Sequence[str],
    code_texts: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Say how likely each code is for each text, from texts that are coded.

    Parameters
    ----------
    coded : a text and the codes it was given, any number; a text without a code counts as such
    texts : what to rank codes for
    code_texts : what each code is called and means; a code that is not in it speaks for itself

    Returns
    -------
    One row a text in their order, one column a code in alphabetical order, and in each the
    probability, 0 to 1, of that code by itself: a text may have several codes or none. With
    nothing coded yet they come from names and definitions alone, and only their order says much.

    Notes
    -----
    The order of `coded` makes no difference beyond rounding. From 300 texts on, all of them also
    tell what words go together, so that a text's probabilities depend a little on the others. The
    method stands in `ranking`.
    """
    from .ranking import rank

    return rank(coded, texts, code_texts)
