"""Effects on a measure over all its issues: somebody who answers on three is a cluster."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ..blocks import check_frame
from ..design import Contrast, Design, Outcome
from ..errors import BadInput
from .estimating import estimate_effects

ISSUE, PERSON, VALUE = "_issue", "_person", "_value"
ALL_ISSUES = "all issues"


def over_issues(design: Design) -> dict[tuple[str, str], list[Outcome]]:
    """The outcomes of each measure and scale that is asked of two issues or more."""
    asked = [o for o in design.outcomes if o.can_respond and o.issue]
    found: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in asked:
        found.setdefault((outcome.measure, outcome.scale), []).append(outcome)
    return {key: same for key, same in found.items() if len({o.issue for o in same}) > 1}


def issue_pooled_effects(
    frame: pd.DataFrame, design: Design, contrasts: Sequence[Contrast] | None = None
) -> pd.DataFrame:
    """Estimate every contrast of every measure over all issues it was asked of.

    Parameters
    ----------
    frame : DataFrame (rows,)
        One row a respondent.
    design : Design

    Returns
    -------
    DataFrame
        As `estimate_effects`; `outcome` is the measure, `issue` is ``"all issues"``, and `n_<arm>`
        counts answers, not people.

    Raises
    ------
    BadInput
        As `estimate_effects`; no measure is asked of two issues.

    Notes
    -----
    Each answer is a row, blocks are areas by issues, and errors are clustered by respondent (or
    by the design's larger cluster): CR2 with Satterthwaite's degrees of freedom.
    """
    check_frame(frame, design)
    measures = over_issues(design)
    if not measures:
        raise BadInput("No measure here is asked of two issues or more.")
    parts = []
    for (name, scale), outcomes in measures.items():
        long = _stacked(frame, outcomes)
        whole = Outcome(name, ALL_ISSUES, name, scale, column=VALUE)
        strata = (*design.strata, ISSUE)
        cluster = design.cluster or PERSON
        stacked = replace(design, outcomes=[whole], strata=strata, cluster=cluster, covariates=())
        parts.append(estimate_effects(long, stacked, contrasts, 0, families=()))
    return pd.concat(parts, ignore_index=True)


def _stacked(frame: pd.DataFrame, outcomes: list[Outcome]) -> pd.DataFrame:
    people = np.arange(len(frame))
    rest = frame.drop(columns=[o.values for o in outcomes])
    parts = []
    for outcome in outcomes:
        part = rest.copy()
        part[PERSON], part[ISSUE], part[VALUE] = people, outcome.issue, frame[outcome.values]
        parts.append(part)
    return pd.concat(parts, ignore_index=True)
