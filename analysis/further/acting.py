"""Alone or with others: does a nudge move the balance from doing alone to doing in groups?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from ..design import Contrast, Design
from ..hours import with_balance
from .rules import Rules, case_of
from .tidy import effects_of, tidy

# How the measures of a study name the two ways of doing the same.
WAYS = (("_alone", "_with_others"), ("individually", "in_groups"), ("individual", "collective"))


@dataclass(frozen=True)
class Pair:
    """Two outcomes of one issue that differ in whether it is done alone or with others."""

    issue: str
    alone: str
    with_others: str

    @property
    def difference(self) -> str:
        """The key of with others less alone, as `with_balance` names it."""
        return f"{self.with_others} - {self.alone}"

    @property
    def keys(self) -> tuple[str, str, str]:
        return self.alone, self.with_others, self.difference


def acting_pairs(design: Design) -> list[Pair]:
    """Find the outcomes that ask the same of doing it alone and with others, by their measures."""
    asked = [o for o in design.outcomes if o.can_respond]
    found = []
    for one in asked:
        for alone, others in WAYS:
            if alone not in one.measure:
                continue
            same = (one.measure.replace(alone, others), one.issue, one.scale)
            found += [
                Pair(one.issue, one.key, other.key)
                for other in asked
                if (other.measure, other.issue, other.scale) == same
            ][:1]
            break
    return found


def with_differences(frame: pd.DataFrame, design: Design) -> tuple[pd.DataFrame, Design]:
    """Add with others less alone of every pair as an outcome, unless one has its key already."""
    known = {o.key for o in design.outcomes}
    pairs = [pair for pair in acting_pairs(design) if pair.difference not in known]
    return with_balance(frame, design, [(pair.alone, pair.with_others) for pair in pairs])


def acting_effects(
    frame: pd.DataFrame,
    design: Design,
    pair: Pair,
    contrasts: Sequence[Contrast],
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Estimate contrasts of doing it alone, with others, and of the difference of the two.

    All three over those who answered both, so that the third is the second less the first.

    Returns
    -------
    DataFrame
        The columns of `sensitivity`; `analysis` is alone, with others or difference.
    """
    frame, design = with_differences(frame, replace(design, covariates=()))
    both = frame[pair.difference].notna()
    frame = frame.assign(**{key: frame[key].where(both) for key in pair.keys})
    kind = "CR2" if design.cluster is not None else "HC2"
    rows = []
    for contrast in contrasts:
        for name, key in zip(("alone", "with others", "difference"), pair.keys, strict=True):
            case = case_of(frame, design, key, contrast, rules or Rules())
            rows.append(tidy(case, [(name, f"difference in means, {kind}", effects_of)]))
    return pd.concat(rows, ignore_index=True)
