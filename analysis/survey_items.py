"""What a survey table can show: questions and covariates, with what their values are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .blocks import check_columns, floats
from .design import Design, Outcome
from .errors import BadInput
from .values import written

MOST = 12  # values that are shown as categories, and groups of numbers before they are cut
MOST_GROUPS = 60


@dataclass(frozen=True)
class Item:
    """A question, or a covariate, and what its values are called."""

    key: str
    measure: str
    issue: str
    scale: str
    column: str
    labels: Mapping[float, str]

    @property
    def counted(self) -> bool:
        """Whether the answers are numbers that have a mean."""
        return self.scale not in ("binary", "category")


def categories(item: Item, values: pd.Series[Any]) -> list[Any]:
    """The values that get a row each; none where they are too many, or measured."""
    if item.scale in ("hours", "continuous"):
        return []
    found = {*values.dropna().unique(), *(item.labels if values.notna().any() else ())}
    if item.scale == "binary":
        found |= {0.0, 1.0}
    return sorted(found) if len(found) <= MOST else []


def label_of(item: Item, value: Any) -> str:
    """What a value is called: its label, yes and no of a binary one, else itself."""
    known = {0.0: "no", 1.0: "yes"} if item.scale == "binary" else {}
    return str({**known, **item.labels}.get(value, written(value)))


def item_named(
    frame: pd.DataFrame, design: Design, key: str, labels: Mapping[str, Mapping[float, str]]
) -> Item:
    outcome = next((o for o in design.outcomes if o.key == key), None)
    if outcome is not None:
        check_columns(frame, [outcome.values])
        return _asked(outcome, labels)
    if key not in design.covariates:
        there = ", ".join([*(o.key for o in design.outcomes), *design.covariates])
        raise BadInput(f"There is no item “{key[:80]}” here; there are: {there}.")
    check_columns(frame, [key])
    values = frame[key].dropna()
    numeric = pd.api.types.is_numeric_dtype(values) and len(values) > 0
    if not numeric and values.nunique() > MOST_GROUPS:
        raise BadInput(f"“{key}” has {values.nunique():,} different answers, too many for a table.")
    few = values.nunique() <= MOST
    scale = ("count" if few else "continuous") if numeric else "category"
    return Item(key, key, "", scale, key, labels.get(key, {}))


def _asked(outcome: Outcome, labels: Mapping[str, Mapping[float, str]]) -> Item:
    named = labels.get(outcome.key, {})
    return Item(outcome.key, outcome.measure, outcome.issue, outcome.scale, outcome.values, named)


def same_measure(
    frame: pd.DataFrame, design: Design, item: Item, labels: Mapping[str, Mapping[float, str]]
) -> list[Item]:
    alike = [o for o in design.outcomes if o.measure == item.measure and o.issue]
    if not alike:
        raise BadInput(f"“{item.key}” is about no issue, so there is no table of it by issue.")
    check_columns(frame, [o.values for o in alike])
    return [_asked(o, labels) for o in alike]


def values_of(frame: pd.DataFrame, item: Item) -> pd.Series[Any]:
    values = frame[item.column]
    if item.scale == "category" and not pd.api.types.is_numeric_dtype(values):
        return values.map(written, na_action="ignore").replace("", np.nan)
    return pd.Series(floats(values), index=values.index)
