"""Hours: whether any, how many over everyone, capped as planned, together less alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from .blocks import check_columns, check_frame, check_numbers, floats, read_blocks
from .design import Design, Outcome
from .errors import BadInput

NOT_CAUSAL = "Not causal: only those who give any hours count, and a nudge may change who they are."


@dataclass(frozen=True)
class Cap:
    """The planned rule of winsorising: hours above the cap count as the cap.

    Exactly one of `hours`, and `quantile` (0 to 1) of all answers of a wave whatever the arm.
    """

    hours: float | None = None
    quantile: float | None = None

    def __post_init__(self) -> None:
        if (self.hours is None) == (self.quantile is None):
            raise BadInput("A rule for extreme hours names either hours or a quantile.")
        if self.hours is not None and not 0 < self.hours < np.inf:
            raise BadInput("Hours are capped at a number above 0.")
        if self.quantile is not None and not 0 < self.quantile < 1:
            raise BadInput("The quantile that caps hours lies between 0 and 1.")

    def apply(self, values: "pd.Series[Any]") -> "pd.Series[Any]":
        """Cap the answers of one wave."""
        if self.quantile is not None:
            return values.clip(upper=float(values.quantile(self.quantile)))
        return values.clip(upper=self.hours)


def with_hours(
    frame: pd.DataFrame, design: Design, cap: Cap | None = None
) -> tuple[pd.DataFrame, Design]:
    """Add to each outcome of hours whether any were given and, with a rule, capped hours.

    Returns
    -------
    frame, design
        For `estimate_effects`: after each outcome of scale hours come ``<key>:any`` (binary, a
        linear probability) and ``<key>:capped`` (hours), with measures ``any_<measure>`` and
        ``capped_<measure>``. The frame given is not changed.

    Raises
    ------
    BadInput
        A column is absent or holds text, or hours below 0.
    """
    added: dict[str, Any] = {}
    outcomes: list[Outcome] = []
    for outcome in design.outcomes:
        outcomes.append(outcome)
        if outcome.scale == "hours":
            values = _hours(frame, outcome.values)
            added[f"{outcome.key}:any"] = (values > 0).astype(np.float64).where(values.notna())
            outcomes.append(_of(outcome, "any", "binary"))
            if cap is not None:
                waves = frame[design.wave] if design.wave else pd.Series(0, index=frame.index)
                added[f"{outcome.key}:capped"] = values.groupby(waves).transform(cap.apply)
                outcomes.append(_of(outcome, "capped", "hours"))
    return frame.assign(**added), replace(design, outcomes=outcomes)


def with_balance(
    frame: pd.DataFrame, design: Design, pairs: Sequence[tuple[str, str]]
) -> tuple[pd.DataFrame, Design]:
    """Add ``with_others − alone`` of pairs of outcome keys (alone, with others), over everyone.

    The new outcome ``<with others> - <alone>`` comes after the design's, which both stay: a
    difference says nothing without its components. Missing where either is.

    Raises
    ------
    BadInput
        A key there is not, or two outcomes of different issues.
    """
    known = {outcome.key: outcome for outcome in design.outcomes}
    added, outcomes = {}, list(design.outcomes)
    for keys in pairs:
        for key in keys:
            if key not in known:
                raise BadInput(f"There is no outcome “{key}”; there are: {', '.join(known)}.")
        alone, others = (known[key] for key in keys)
        if (alone.issue, alone.scale) != (others.issue, others.scale):
            raise BadInput(f"“{alone.key}” and “{others.key}” ask of different things.")
        name = f"{others.key} - {alone.key}"
        added[name] = _numbers(frame, others.values) - _numbers(frame, alone.values)
        measure = f"{others.measure} - {alone.measure}"
        scale = others.scale if others.scale == "hours" else "continuous"
        outcomes.append(replace(others, key=name, measure=measure, scale=scale, column=name))
    return frame.assign(**added), replace(design, outcomes=outcomes)


def conditional_hours(
    frame: pd.DataFrame, design: Design, alone: str, with_others: str
) -> pd.DataFrame:
    """Hours if any, and the share of hours in groups, by area and arm: described, not causal.

    Parameters
    ----------
    alone, with_others : str
        Columns of hours.

    Returns
    -------
    DataFrame
        wave, area, arm, answered (both), any (who gives some), mean_if_any (both together),
        share_in_groups (mean over those who give some of with_others/both), note.
    """
    check_frame(frame, design)
    one, other = _hours(frame, alone), _hours(frame, with_others)
    rows = []
    for blocks in read_blocks(frame, design):
        a, b = floats(one)[blocks.position], floats(other)[blocks.position]
        for area, members in blocks.places():
            for code, arm in enumerate(design.arms):
                here = np.isin(blocks.block, members) & (blocks.arm == code) & ~np.isnan(a + b)
                some = here & (a + b > 0)
                both, n = (a + b)[some], int(some.sum())
                rows.append(
                    {
                        "wave": blocks.wave,
                        "area": area,
                        "arm": arm,
                        "answered": int(here.sum()),
                        "any": n,
                        "mean_if_any": float(both.mean()) if n else np.nan,
                        "share_in_groups": float((b[some] / both).mean()) if n else np.nan,
                        "note": NOT_CAUSAL,
                    }
                )
    return pd.DataFrame(rows)


def _hours(frame: pd.DataFrame, column: str) -> "pd.Series[Any]":
    values = _numbers(frame, column)
    if (values < 0).any():
        raise BadInput(f"The column “{column}” holds hours below 0.")
    return values


def _numbers(frame: pd.DataFrame, column: str) -> "pd.Series[Any]":
    check_columns(frame, [column])
    check_numbers(frame[column], "of hours")
    return pd.Series(floats(frame[column]), index=frame.index)


def _of(outcome: Outcome, what: str, scale: str) -> Outcome:
    key = f"{outcome.key}:{what}"
    return replace(outcome, key=key, column=key, measure=f"{what}_{outcome.measure}", scale=scale)
