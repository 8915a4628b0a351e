"""Effects of a later wave: blocked on the earlier arm, adjusted for the earlier answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ..blocks import check_columns, check_frame
from ..design import Contrast, Design
from ..errors import BadInput


def later_effects(
    frame: pd.DataFrame,
    design: Design,
    earlier_arm: str,
    earlier: Mapping[str, str],
    contrasts: Sequence[Contrast] | None = None,
    *,
    respondent: str = "respondent",
) -> pd.DataFrame:
    """Estimate a later wave's effects among those who were in an earlier wave.

    Parameters
    ----------
    frame : DataFrame (rows,)
        The later wave's answers with the earlier wave's arm and answers beside them; who was not
        in the earlier wave takes no part.
    design : Design
        Of the later wave.
    earlier_arm : str
        The column of the earlier wave's arm: together with area and strata it makes the blocks.
    earlier : mapping of outcome key to column
        The earlier answer to the same question, for which the effect is adjusted; an outcome
        without one is not adjusted.
    respondent : str
        Where somebody has several rows, errors are clustered by this column (CR2). With one row
        each that is HC2 itself.

    Returns
    -------
    DataFrame
        As `adjusted_effects`: for each outcome with an earlier answer a row unadjusted and one
        adjusted.

    Raises
    ------
    BadInput
        As `adjusted_effects`; nobody was in the earlier wave.

    Notes
    -----
    Lin (2013) within blocks of area and earlier arm. A block is left out where an arm of it has
    too few respondents, which `dropped_areas` says by the areas' names.
    """
    from ..adjustment import adjusted_effects

    check_columns(frame, [earlier_arm, *earlier.values(), respondent])
    both = frame[frame[earlier_arm].notna()]
    if both.empty:
        raise BadInput("Nobody here was in the earlier wave, so there is nothing to compare.")
    again = both[respondent].duplicated().any()
    cluster = design.cluster or (respondent if again else None)
    blocked = replace(design, strata=(*design.strata, earlier_arm), cluster=cluster)
    parts = []
    for outcome in check_frame(both, blocked):
        column = earlier.get(outcome.key)
        one = replace(blocked, outcomes=[outcome], covariates=[column] if column else [])
        parts.append(adjusted_effects(both, one, contrasts))
    return pd.concat(parts, ignore_index=True)
