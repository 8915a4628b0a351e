"""Conditions as columns of a model: levels beside a reference, or a number's steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..arms import Floats
from ..blocks import floats
from ..design import Design
from ..errors import BadInput
from ..linearised import Mask
from ..values import written

LEVELS = 12


@dataclass(frozen=True)
class Term:
    """A column of the model: one level of a condition, or the condition's number.

    `columns` are those of all levels of the condition: set to 0 for the reference.
    """

    condition: str
    level: str
    column: int
    columns: tuple[int, ...] = ()

    @property
    def is_level(self) -> bool:
        return bool(self.columns)


@dataclass(frozen=True)
class Matrix:
    """The model's columns: areas first (each its own intercept), then the conditions.

    Attributes
    ----------
    x : array (rows, k)
        Of all rows of the frame; only those of `complete` are whole.
    """

    x: Floats
    complete: Mask
    terms: tuple[Term, ...]
    areas: tuple[str, ...]
    dropped: tuple[str, ...]


def model_matrix(
    frame: pd.DataFrame, design: Design, conditions: Sequence[str], here: Mask
) -> Matrix:
    """Lay out areas and conditions for the respondents of `here`.

    Conditions without variation among them are dropped and named.

    Raises
    ------
    BadInput
        A condition that there is not, or a text with more than 12 levels.
    """
    scales = {o.key: o.scale for o in design.outcomes}
    known = {o.key: o.values for o in design.outcomes} | {c: c for c in design.covariates}
    for name in conditions:
        if name not in known or known[name] not in frame.columns:
            raise BadInput(f"There is no condition “{name[:80]}”; there are: {', '.join(known)}.")
    columns = {name: _values(frame[known[name]]) for name in conditions}
    complete = here & frame[design.area].notna().to_numpy()
    for values in columns.values():
        complete &= values.notna().to_numpy()
    areas = list(dict.fromkeys(frame[design.area][complete].astype(str)))
    place = frame[design.area].astype(str).to_numpy(dtype=object)
    x = [(place == area).astype(np.float64) for area in areas]
    terms: list[Term] = []
    dropped: list[str] = []
    for name, values in columns.items():
        found = values[complete]
        if found.nunique() < 2:
            dropped.append(name)
        elif scales.get(name) == "binary" or not _numeric(values) or found.nunique() == 2:
            terms += _levels(name, values, found, x)
        else:
            terms.append(Term(name, "one more", len(x)))
            x.append(np.nan_to_num(floats(values)))
    wide = np.column_stack(x) if x else np.zeros((len(frame), 0))
    return Matrix(wide, complete, tuple(terms), tuple(areas), tuple(dropped))


def _levels(name: str, values: pd.Series, found: pd.Series, x: list[Floats]) -> list[Term]:
    counted = found.value_counts()
    if len(counted) > LEVELS:
        raise BadInput(f"“{name}” has {len(counted)} different answers, too many for a condition.")
    levels = sorted(counted.index)
    reference = levels[0] if _numeric(values) else counted.index[0]
    others = [level for level in levels if level != reference]
    places = tuple(range(len(x), len(x) + len(others)))
    x.extend((values == level).to_numpy(dtype=np.float64, na_value=0.0) for level in others)
    return [
        Term(name, f"{written(level)} rather than {written(reference)}", place, places)
        for level, place in zip(others, places, strict=True)
    ]


def _numeric(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values)


def _values(values: pd.Series) -> pd.Series:
    return values if _numeric(values) else values.map(written, na_action="ignore").replace("", None)
