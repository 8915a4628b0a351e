"""Tables of a survey: one item's answers by area, issue, arm or covariate, always with the base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .arms import Counts, Floats
from .blocks import check_columns, floats
from .design import Design
from .disclosure.dominance import dominated
from .linearised import Domain, Mask, Units, around, share_interval
from .middles import mean, median
from .survey_groups import groups_of
from .survey_items import (
    Item,
    categories,
    item_named,
    label_of,
    same_measure,
    values_of,
)

ANSWERED, NO_ANSWER = "answered", "no answer"
FEW = 10
COLUMNS = [
    "item", "measure", "issue", "by", "group", "statistic", "category", "n", "weighted_n",
    "estimate", "std_error", "df", "ci_low", "ci_high", "base", "weighted_base", "missing",
    "weighted", "dominated", "note",
]  # fmt: skip


@dataclass(frozen=True)
class Sampling:
    """How respondents were sampled: columns of the frame; areas are strata besides.

    Without a weight every respondent counts the same; clusters and strata still make the error.
    """

    weight: str | None = None
    strata: Sequence[str] = ()
    cluster: str | None = None


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
    chosen = item_named(frame, design, item, labels)
    items = same_measure(frame, design, chosen, labels) if by == "issue" else [chosen]
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
        values = values_of(frame, asked)
        codes = Codes.of(asked, values)
        y = floats(values) if asked.counted else counted.w
        for group, here in groups_of(frame, design, by, asked, order, names or {}):
            told: dict[str, Any] = {
                "item": asked.key,
                "measure": asked.measure,
                "issue": asked.issue,
                "by": by,
            }
            found = counted.rows(asked, codes, y, here)
            told |= {"group": group, "weighted": bool(sampling.weight), "dominated": False}
            rows += [told | row for row in found]
    return pd.DataFrame(rows, columns=COLUMNS)


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
    of_hours = item.scale == "hours" and dominated(y)
    row = {"statistic": "mean", "category": "mean", "dominated": of_hours} | figures
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
