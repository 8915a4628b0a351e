"""Hours: effects on their mean and on giving any, and how they are spread."""

from typing import Any

import numpy as np
import pandas as pd

from ..blocks import check_frame, floats, read_blocks
from ..design import Contrast, Design
from ..errors import BadInput
from ..hours import with_hours
from .rules import Case, Rules, case_of
from .sensitivity import winsorised
from .tidy import effects_of, tidy

BARS = 10
STEPS = (0.5, 1, 2, 4, 5, 10, 20, 25, 50, 100, 250, 500, 1000)


def hours_effects(
    frame: pd.DataFrame,
    design: Design,
    outcome: str,
    contrast: Contrast,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Estimate one contrast of hours: mean over everyone, cut as planned, any, and if any.

    Returns
    -------
    DataFrame
        The columns of `sensitivity`. “Hours if any” is conditional on what a nudge may move:
        `causal` is false.

    Raises
    ------
    BadInput
        As `sensitivity`; an outcome that is not of hours, or hours below 0.
    """
    case = _of_hours(frame, design, outcome, contrast, rules)
    kind = "CR2" if design.cluster is not None else "HC2"
    parts = [
        ("mean hours", f"difference in means, {kind}", effects_of),
        ("any hours", f"linear probability, {kind}", _any),
        ("winsorised", f"difference in means, {kind}", winsorised),
        ("hours if any", f"difference in means, {kind}", _if_any),
    ]
    return tidy(case, parts)


def hours_distribution(
    frame: pd.DataFrame, design: Design, outcome: str, rules: Rules | None = None
) -> pd.DataFrame:
    """Count hours in bars by area and arm.

    Returns
    -------
    DataFrame
        wave, area, outcome, arm, low, high, n, answered, share. The first bar is exactly 0 hours;
        each other one is above `low` up to `high`, the last without an end (`high` is empty).
    """
    case = _of_hours(frame, design, outcome, design.contrasts()[0], rules)
    check_frame(case.frame, case.design)
    edges = _edges(case)
    rows = []
    for blocks in read_blocks(case.frame, case.design):
        values = floats(blocks.frame[case.outcome.values])
        for area, members in blocks.places():
            here = np.isin(blocks.block, members) & ~np.isnan(values)
            for code, arm in enumerate(design.arms):
                names = {"wave": blocks.wave, "area": area, "outcome": outcome, "arm": arm}
                bars = _bars(values[here & (blocks.arm == code)], edges)
                rows += [{**names, **bar} for bar in bars]
    return pd.DataFrame(rows)


def _of_hours(
    frame: pd.DataFrame, design: Design, outcome: str, contrast: Contrast, rules: Rules | None
) -> Case:
    case = case_of(frame, design, outcome, contrast, rules or Rules())
    if case.outcome.scale != "hours" or " - " in case.outcome.key:
        raise BadInput(f"“{outcome}” is not in hours.")
    with_hours(case.frame, case.design)  # says what is wrong with them
    return case


def _any(case: Case) -> pd.DataFrame:
    values = case.frame[case.outcome.values]
    some = (values > 0).astype(float).where(values.notna())
    return effects_of(case, case.frame.assign(**{case.outcome.values: some}))


def _if_any(case: Case) -> pd.DataFrame:
    values = case.frame[case.outcome.values]
    found = effects_of(case, case.frame.assign(**{case.outcome.values: values.where(values > 0)}))
    # Who gives none has answered, and is no missing answer.
    return found.drop(columns=[name for name in found if str(name).startswith("missing_")])


def _edges(case: Case) -> list[float]:
    """Ends of equal bars that hold all but the longest twentieth of hours given."""
    values = floats(case.frame[case.outcome.values])
    some = values[values > 0]
    reach = float(np.quantile(some, 0.95)) if len(some) else 1.0
    step = next((s for s in STEPS if s * BARS >= reach), reach / BARS)
    return [step * k for k in range(int(np.ceil(max(reach, step) / step)) + 1)]


def _bars(values: Any, edges: list[float]) -> list[dict[str, Any]]:
    ends = [(0.0, 0.0), *zip(edges, edges[1:], strict=False), (edges[-1], np.nan)]
    rows = []
    for low, high in ends:
        inside = (values > low) & ~(values > high) if high != low else values == 0
        n = int(inside.sum())
        share = n / len(values) if len(values) else np.nan
        rows.append({"low": low, "high": high, "n": n, "answered": len(values), "share": share})
    return rows
