"""Who is set beside whom in a survey table: areas, arms, issues, or a covariate's values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .blocks import check_columns
from .design import Design
from .errors import BadInput
from .linearised import Mask
from .survey_items import MOST, MOST_GROUPS, Item
from .values import written

ALL, UNSTATED = "all", "not stated"


def groups_of(
    frame: pd.DataFrame,
    design: Design,
    by: str,
    item: Item,
    order: Sequence[str],
    names: Mapping[Any, str],
) -> list[tuple[str, Mask]]:
    everybody = np.ones(len(frame), dtype=bool)
    if by == "issue":
        return [(item.issue, everybody)]
    known = {"area": design.area, "arm": design.arm} | {name: name for name in design.covariates}
    if by not in known:
        raise BadInput(
            f"A table cannot be by “{by[:80]}”; choose issue or one of: {', '.join(known)}."
        )
    check_columns(frame, [known[by]])
    groups = group_labels(frame[known[by]], names)
    first = [*order, *(design.arms if by == "arm" else ())]
    found = list(groups.dropna().unique())
    if len(found) > MOST_GROUPS:
        raise BadInput(f"“{by}” has {len(found):,} different values, too many for a table.")
    if not isinstance(groups.dtype, pd.CategoricalDtype):
        found = [*(g for g in first if g in found), *sorted(g for g in found if g not in first)]
    else:
        found = [g for g in groups.cat.categories if g in found]
    numbers = pd.Index(found).get_indexer(groups.astype(object))
    parts = [(str(g), np.asarray(numbers == place)) for place, g in enumerate(found)]
    if groups.isna().any():
        parts.append((UNSTATED, groups.isna().to_numpy()))
    return [*parts, (ALL, everybody)]


def group_labels(values: pd.Series[Any], names: Mapping[Any, str] | None = None) -> pd.Series[Any]:
    """Name each row's group: as written or named, or by quartiles where numbers take many."""
    names = names or {}
    if not pd.api.types.is_numeric_dtype(values):
        told = values.map(lambda value: names.get(value, written(value)), na_action="ignore")
        return told.replace("", np.nan)
    if values.nunique() <= MOST:
        found = {v: names.get(v, written(v)) for v in sorted(values.dropna().unique())}
        kinds = pd.Categorical(values.map(found), list(dict.fromkeys(found.values())))
        return pd.Series(kinds, index=values.index)
    cut = pd.qcut(values, 4, duplicates="drop")
    named = {
        part: f"{values[cut == part].min():g} to {values[cut == part].max():g}"
        for part in cut.cat.categories
        if (cut == part).any()
    }
    return cut.cat.rename_categories(named)
