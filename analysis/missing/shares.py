"""Who did not answer: shares by arm, and a test that arms do not differ."""

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from ..arms import Counts
from ..blocks import check_frame, floats, read_blocks
from ..design import Design


def missing_shares(frame: pd.DataFrame, design: Design) -> pd.DataFrame:
    """Share of missing answers by arm, and a test that arms do not differ, within blocks.

    Returns
    -------
    DataFrame
        wave, area, outcome, a column ``missing_<arm>`` (share) an arm, statistic, df, p_value: the
        generalised Cochran–Mantel–Haenszel test of missing by arm over blocks. Empty where
        everybody, or nobody, answered.
    """
    outcomes, rows = check_frame(frame, design), []
    for blocks in read_blocks(frame, design):
        for outcome in outcomes:
            lost = np.isnan(floats(blocks.frame[outcome.values]))
            for area, members in blocks.places():
                here = np.isin(blocks.block, members)
                arm, gone = blocks.arm[here], lost[here]
                shares = {
                    f"missing_{name}": float(gone[arm == k].mean()) if (arm == k).any() else np.nan
                    for k, name in enumerate(design.arms)
                }
                names = {"wave": blocks.wave, "area": area, "outcome": outcome.key}
                test = _mantel_haenszel(blocks.block[here], arm, gone)
                rows.append({**names, **shares, **test})
    return pd.DataFrame(rows)


def _mantel_haenszel(block: Counts, arm: Counts, gone: Any) -> dict[str, float]:
    """Landis, Heyman and Koch 1978: arms as unordered, over blocks."""
    arms = int(arm.max()) + 1
    away, spread = np.zeros(arms), np.zeros((arms, arms))
    for b in np.unique(block):
        here = block == b
        sizes, n = np.bincount(arm[here], minlength=arms), int(here.sum())
        lost = int(gone[here].sum())
        away += np.bincount(arm[here & gone], minlength=arms) - lost * sizes / n
        if n > 1:
            share = sizes / n
            factor = lost * (n - lost) / (n - 1)
            spread += factor * (np.diag(share) - np.outer(share, share))
    df = int(np.linalg.matrix_rank(spread, hermitian=True)) if spread.any() else 0
    if df == 0:
        return {"statistic": np.nan, "df": 0, "p_value": np.nan}
    statistic = float(away @ np.linalg.pinv(spread, hermitian=True) @ away)
    return {"statistic": statistic, "df": df, "p_value": float(chdtrc(df, statistic))}
