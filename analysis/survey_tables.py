"""Tables of a survey: one item's answers by area, issue, arm or covariate, always with the base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .arms import Counts, Floats
from .blocks import check_columns, floats
from .design import Design, Outcome
from .errors import BadInput
from .linearised import Domain, Mask, Units, around, share_interval
from .middles import mean, median
from .values import written

ALL, UNSTATED = "all", "not stated"
ANSWERED, NO_ANSWER = "answered", "no answer"
MOST = 12  # values that are shown as categories, and groups of numbers before they are cut
MOST_GROUPS = 60
FEW = 10
COLUMNS = [
    "item", "measure", "issue", "by", "group", "statistic", "category", "n", "weighted_n",
    "estimate", "std_error", "df", "ci_low", "ci_high", "base", "weighted_base", "missing",
    "weighted", "note",
]  # fmt: skip


@dataclass(frozen=True)
class Sampling:
    """How respondents were sampled: columns of the frame; areas are strata besides.

    Without a weight every respondent counts the same; clusters and strata still make the error.
    """

    weight: str | None = None
    strata: Sequence[str] = ()
    cluster: str | None = None


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


def survey_table(
    frame: pd.DataFrame,
    design: Design,
    item: str,
    by: str = "area",
    sampling: Sampling | None = None,
    labels: Mapping[str, Mapping[float, str]] | None = None,
    order: Sequence[str] = (),
) -> pd.DataFrame:
    """Tabulate an item, asked before or after the nudge.

    Parameters
    ----------
    item : str
        The key of an outcome, or a covariate.
    by : str
        ``area``, ``arm``, ``issue`` (the same measure, issue by issue) or a covariate; numbers of
        many values are cut at their quartiles.
    labels : mapping, optional
        By item, what its values are called.
    order : sequence of str
        In which groups come; others after them.

    Returns
    -------
    DataFrame
        `COLUMNS`, by group (the last is `ALL`, of everybody, where groups do not overlap):
        ``share`` rows of each category and of all `ANSWERED`, ``any``, ``mean`` and ``median``
        rows of numbers, and a ``missing`` row. Shares are of those who answered (`base`) and have
        Wilson's interval on the effective number; means by t; medians by Woodruff.

    Raises
    ------
    BadInput
        There is no such item or column, or a column has too many values for a table.
    """
    labels = labels or {}
    chosen = _item(frame, design, item, labels)
    items = _same_measure(frame, design, chosen, labels) if by == "issue" else [chosen]
    known = [name for name in order if name in {asked.issue for asked in items}]
    items.sort(key=lambda asked: known.index(asked.issue) if asked.issue in known else len(known))
    return tabulate(frame, design, items, by, sampling, order, labels.get(by, {}))


def tabulate(
    frame: pd.DataFrame,
    design: Design,
    items: Sequence[Item],
    by: str,
    sampling: Sampling | None = None,
    order: Sequence[str] = (),
    names: Mapping[Any, str] | None = None,
) -> pd.DataFrame:
    """Tabulate items whose columns stand in the frame; `names` are what groups are called."""
    sampling = sampling or Sampling()
    counted = _Counted.of(frame, design, sampling)
    rows: list[dict[str, Any]] = []
    for asked in items:
        values = _values(frame, asked)
        codes = Codes.of(asked, values)
        y = floats(values) if asked.counted else counted.w
        for group, here in _groups(frame, design, by, asked, order, names or {}):
            told = {"item": asked.key, "measure": asked.measure, "issue": asked.issue, "by": by}
            found = counted.rows(asked, codes, y, here)
            rows += [told | {"group": group, "weighted": bool(sampling.weight)} | r for r in found]
    return pd.DataFrame(rows, columns=COLUMNS)


def items_of(frame: pd.DataFrame, design: Design) -> list[Item]:
    """Every item a table can show: outcomes of both kinds, then covariates."""
    keys = [*(o.key for o in design.outcomes), *design.covariates]
    return [_item(frame, design, key, {}) for key in keys if key in frame.columns]


@dataclass(frozen=True)
class _Counted:
    """Weights and units of a frame, once for all groups of a table."""

    w: Floats
    used: Mask
    units: Units

    @classmethod
    def of(cls, frame: pd.DataFrame, design: Design, sampling: Sampling) -> _Counted:
        named = [name for name in (sampling.weight, sampling.cluster) if name]
        check_columns(frame, [*named, *sampling.strata])
        w = floats(frame[sampling.weight]) if sampling.weight else np.ones(len(frame))
        used = np.isfinite(w) & (w > 0)
        strata = [design.area, *sampling.strata]
        return cls(np.where(used, w, 0.0), used, Units.of(frame, strata, sampling.cluster))

    def rows(self, item: Item, codes: Codes, y: Floats, here: Mask) -> Iterator[dict[str, Any]]:
        """The rows of one group: `codes` number the categories, below 0 without an answer."""
        here = here & self.used
        domain = self.units.domain(here & codes.answered)
        w, own = self.w[domain.rows], codes.numbers[domain.rows]
        base, size = len(w), float(w.sum())
        missing = int(here.sum()) - base
        about: dict[str, Any] = {"base": base, "weighted_base": size, "missing": missing,
                                 "note": _note(base)}  # fmt: skip
        for number, name in enumerate(codes.names):
            told = {"statistic": "share", "category": name}
            yield about | told | _share(own == number, w, domain)
        if codes.names:
            whole: dict[str, Any] = {"category": ANSWERED, "n": base, "weighted_n": size}
            yield about | {"statistic": "share"} | whole
        if item.counted:
            yield from (about | row for row in _numbers(item, y[domain.rows], w, domain))
        lost = float(self.w[here].sum()) - size
        share = lost / (lost + size) if lost + size else np.nan
        figures: dict[str, Any] = {"n": missing, "weighted_n": lost, "estimate": share}
        yield about | {"statistic": "missing", "category": NO_ANSWER} | figures


@dataclass(frozen=True)
class Codes:
    """An item's answers as places among its categories.

    Attributes
    ----------
    names : list of str
        Of the categories that get a row each.
    numbers : array (rows,)
    answered : array (rows,) of bool
    """

    names: list[str]
    numbers: Counts
    answered: Mask

    @classmethod
    def of(cls, item: Item, values: pd.Series[Any]) -> Codes:
        found = categories(item, values)
        numbers = pd.Index(found).get_indexer(values).astype(np.int64)
        return cls([label_of(item, v) for v in found], numbers, values.notna().to_numpy())


def _numbers(item: Item, y: Floats, w: Floats, domain: Domain) -> Iterator[dict[str, Any]]:
    figures: dict[str, Any] = {"n": len(y), "weighted_n": float(w.sum())}
    if item.scale == "hours":
        yield {"statistic": "any", "category": "any"} | _share(y > 0, w, domain)
    row = {"statistic": "mean", "category": "mean"} | figures
    yield row | (_mean(y, w, domain) if len(y) else {})
    if item.scale == "hours":
        row = {"statistic": "median", "category": "median"} | figures
        yield row | (_told(median(y, w, domain)) if len(y) else {})


def _mean(y: Floats, w: Floats, domain: Domain) -> dict[str, Any]:
    (found, error), df = mean(y, w, domain), domain.df
    low, high = around(found, error, df)
    return _told((found, error if df > 0 else np.nan, low, high, df))


def _share(yes: Mask, w: Floats, domain: Domain) -> dict[str, Any]:
    row = {"n": int(yes.sum()), "weighted_n": float(w[yes].sum())}
    if not len(yes):
        return row
    (share, error), df = mean(yes.astype(np.float64), w, domain), domain.df
    low, high = share_interval(share, error, df, float(w.sum() ** 2 / (w @ w)))
    return row | _told((share, error if df > 0 else np.nan, low, high, df))


def _told(found: tuple[float, float, float, float, int]) -> dict[str, Any]:
    return dict(zip(("estimate", "std_error", "ci_low", "ci_high", "df"), found, strict=True))


def _note(base: int) -> str:
    if base == 0:
        return "Nobody answered."
    if base == 1:
        return "One answer, so there is no interval."
    return f"Fewer than {FEW} answers." if base < FEW else ""


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


def _item(
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


def _same_measure(
    frame: pd.DataFrame, design: Design, item: Item, labels: Mapping[str, Mapping[float, str]]
) -> list[Item]:
    alike = [o for o in design.outcomes if o.measure == item.measure and o.issue]
    if not alike:
        raise BadInput(f"“{item.key}” is about no issue, so there is no table of it by issue.")
    check_columns(frame, [o.values for o in alike])
    return [_asked(o, labels) for o in alike]


def _values(frame: pd.DataFrame, item: Item) -> pd.Series[Any]:
    values = frame[item.column]
    if item.scale == "category" and not pd.api.types.is_numeric_dtype(values):
        return values.map(written, na_action="ignore").replace("", np.nan)
    return pd.Series(floats(values), index=values.index)


def _groups(
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
