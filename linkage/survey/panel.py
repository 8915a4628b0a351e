"""The same respondents over waves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database

from coding.errors import NotFound

from ..areas import waves

if TYPE_CHECKING:
    import pandas as pd


def with_earlier(db: Database, wave_id: int, earlier_wave_id: int) -> pd.DataFrame:
    """Return a wave's answers with those the same respondents gave in an earlier wave.

    Returns
    -------
    DataFrame
        As `load_responses` gives it for `wave_id`, a row a respondent of it, then a column
        ``<key>@<wave>`` for each outcome of the earlier wave and ``arm@<wave>``, by its key; NaN
        for who did not answer then.

    Raises
    ------
    BadInput
        Where one of the waves has no answers.
    """
    from analysis.responses import load_responses

    frame, _ = load_responses(db, wave_id)
    before, design = load_responses(db, earlier_wave_id)
    wave = wave_key(db, earlier_wave_id)
    names = {key: f"{key}@{wave}" for key in ("arm", *(o.key for o in design.outcomes))}
    before = before[["respondent", *names]].rename(columns=names)
    return frame.merge(before, on="respondent", how="left", validate="one_to_one")


def wave_key(db: Database, wave_id: int) -> str:
    """Return the key of a wave."""
    found = next((row["key"] for row in waves(db) if row["id"] == wave_id), None)
    if found is None:
        raise NotFound("There is no such wave.")
    return str(found)
