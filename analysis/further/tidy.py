"""Rows of every estimator in one set of columns; what cannot be had stands with a reason."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ..effects import estimate_effects
from ..errors import BadInput
from .rules import Case
from .words import ESTIMANDS, NOT_CAUSAL

FIRST = ("wave", "area", "issue", "outcome", "measure", "scale", "contrast", "analysis")
NUMBERS = (
    *("smallest_cell", "estimator", "adjusted", "estimate", "std_error", "df", "df_method"),
    *("ci_low", "ci_high", "lower", "upper", "p_value", "estimand", "causal", "planned"),
    *("note", "dropped_areas"),
)
Part = Callable[[Case], pd.DataFrame]


def effects_of(case: Case, frame: pd.DataFrame | None = None) -> pd.DataFrame:
    """The difference in means of a case, its errors by cluster where the design has one."""
    plain = replace(case.design, covariates=())
    used = case.frame if frame is None else frame
    return estimate_effects(used, plain, [case.contrast], 0, families=[])


def columns_of(case: Case, more: Iterable[str] = ()) -> list[str]:
    """The columns of a tidy frame, with `more` after the interval's."""
    sizes = [f"{what}_{arm}" for what in ("n", "missing") for arm in case.design.arms]
    here = NUMBERS.index("p_value")
    return [*FIRST, *sizes, *NUMBERS[:here], *more, *NUMBERS[here:]]


def tidy(
    case: Case, parts: Iterable[tuple[str, str, Part]], more: Iterable[str] = ()
) -> pd.DataFrame:
    """Run analyses, each (name, estimator, how), into one frame, by area and pooled.

    A part that raises BadInput, or has no row of an area, gives a row without figures whose note
    says why.
    """
    base, more = effects_of(case), list(more)
    places: list[Any] = base.to_dict("records")
    rows: list[dict[str, Any]] = []
    for name, estimator, run in parts:
        why = "it has no figure here"
        try:
            listed: list[Any] = run(case).to_dict("records")
            found = {row["area"]: row for row in listed}
        except BadInput as error:
            found, why = {}, str(error).rstrip(".")
        for plain in places:
            row = found.get(plain["area"], {"note": why})
            rows.append(_row(case, plain, row, name, estimator, more))
    return pd.DataFrame(rows, columns=columns_of(case, more))


def _row(
    case: Case, plain: dict[str, Any], found: dict[str, Any], name: str, estimator: str,
    more: list[str],
) -> dict[str, Any]:  # fmt: skip
    outcome = case.outcome
    sizes = {key: plain[key] for key in plain if key.startswith(("n_", "missing_"))}
    numbers = ("estimate", "std_error", "df", "ci_low", "ci_high", "lower", "upper", "p_value")
    head = {"wave": plain["wave"], "area": plain["area"], "issue": outcome.issue}
    head |= {"outcome": outcome.key, "measure": outcome.measure, "scale": outcome.scale}
    row = {**head, "contrast": case.contrast.name, "analysis": name, **sizes}
    row |= {"smallest_cell": plain["smallest_cell"], "adjusted": False, "df_method": ""}
    row |= {**dict.fromkeys((*numbers, *more), np.nan), "note": "", "dropped_areas": ""}
    row |= {"estimand": ESTIMANDS[name], "causal": ESTIMANDS[name] != NOT_CAUSAL, "planned": None}
    known = {key: value for key, value in found.items() if key in row and key not in head}
    known.pop("contrast", None)
    return row | known | {"estimator": estimator}
