"""How much time people give: the figure behind Nudge B, from hours given and never from willing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .arms import Floats
from .blocks import check_columns, check_numbers, floats
from .design import Design, Outcome
from .disclosure.dominance import dominated
from .errors import BadInput
from .linearised import Domain, Mask, Units, around, share_interval
from .middles import mean, median, trimmed_mean
from .survey_groups import ALL
from .survey_tables import FEW, Sampling

GIVEN = {"hours_given_alone": "alone", "hours_given_with_others": "with others"}
BOTH = "alone and with others"
STATISTICS = ("mean", "trimmed mean", "median", "any")
OF_HOURS = STATISTICS[:2]  # a few who give very much may be most of these
TRIMMED = 0.05
PERIODS = ("week", "month", "year")
COLUMNS = [
    "issue", "area", "given", "items", "statistic", "estimate", "std_error", "df", "ci_low",
    "ci_high", "shown", "rounding", "period", "base", "weighted_base", "gave", "missing",
    "left_out", "population", "weighted", "dominated", "note",
]  # fmt: skip


def time_use(
    frame: pd.DataFrame,
    design: Design,
    sampling: Sampling | None = None,
    *,
    treated: Mask | None = None,
    items: Sequence[str] | None = None,
    period: str = "month",
) -> pd.DataFrame:
    """Estimate how much time untreated people give, by issue and area.

    Parameters
    ----------
    treated : array (rows,) of bool, optional
        Respondents whom an earlier wave showed a nudge: they are left out.
    items : sequence of str, optional
        Keys of outcomes; those whose measure is in `GIVEN` where absent.
    period : {'week', 'month', 'year'}
        What the questions ask about; nothing is converted.

    Returns
    -------
    DataFrame
        `COLUMNS`; a row of each of `STATISTICS` (hours, and ``any``: the share who give some) by
        issue, area (and `ALL`), alone, with others, and both where somebody answered both. The
        trimmed mean leaves 5% out at each end. `shown` is the figure as a message would say it.

    Notes
    -----
    Of items asked before the nudge everybody counts, of those asked after it the control arm
    only: what a treated respondent says may be the nudge speaking. Errors are linearised, areas
    being strata; the median has Woodruff's interval, shares Wilson's.

    Raises
    ------
    BadInput
        An item asks what people are willing to give; there is none of hours given; hours below 0.
    """
    if period not in PERIODS:
        raise BadInput(f"Time is given in a {', '.join(PERIODS)}; not “{period[:20]}”.")
    asked = given_items(design, items)
    hours = {o.key: _hours(frame, o) for o in asked}
    counted = _Frame.of(frame, design, sampling or Sampling(), treated)
    rows = []
    for issue in dict.fromkeys(o.issue for o in asked):
        for given, parts in _ways([o for o in asked if o.issue == issue]):
            y = np.sum([hours[o.key] for o in parts], axis=0)
            told = {"issue": issue, "given": given, "period": period}
            told["items"] = " + ".join(o.key for o in parts)
            rows += [told | row for row in counted.rows(y, parts, period)]
    return pd.DataFrame(rows, columns=COLUMNS)


def given_items(design: Design, items: Sequence[str] | None = None) -> list[Outcome]:
    """Return the outcomes of hours given; refuse any that is not one."""
    known = {o.key: o for o in design.outcomes}
    chosen = [o.key for o in design.outcomes if o.measure in GIVEN] if items is None else items
    for key in chosen:
        if key not in known:
            raise BadInput(f"There is no item “{key[:80]}” here; there are: {', '.join(known)}.")
        outcome = known[key]
        if outcome.measure not in GIVEN or outcome.refers_to == "future":
            raise BadInput(
                f"“{key}” does not ask what people give (its measure is {outcome.measure}, about "
                f"the {outcome.refers_to}); typical time comes from hours given, never from hours "
                f"people are willing to give: measures {' and '.join(GIVEN)}."
            )
    if not chosen:
        raise BadInput(
            f"This wave asked nobody how much time they give: no item has the measure "
            f"{' or '.join(GIVEN)}."
        )
    return [known[key] for key in chosen]


def _ways(parts: list[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    found = {GIVEN[o.measure]: o for o in parts}
    for given, outcome in found.items():
        yield given, [outcome]
    if len(found) > 1:
        yield BOTH, list(found.values())


def _hours(frame: pd.DataFrame, outcome: Outcome) -> Floats:
    check_columns(frame, [outcome.values])
    check_numbers(frame[outcome.values], "of hours given")
    hours = floats(frame[outcome.values])
    if (hours < 0).any():
        raise BadInput(f"“{outcome.key}” holds hours below 0; declare such codes as missing.")
    return hours


class _Frame:
    """A frame's weights, units, areas, and who is untreated."""

    def __init__(self, frame: pd.DataFrame, design: Design, sampling: Sampling) -> None:
        needed = [sampling.weight, sampling.cluster, *sampling.strata, design.area, design.arm]
        check_columns(frame, [name for name in needed if name])
        w = floats(frame[sampling.weight]) if sampling.weight else np.ones(len(frame))
        self.used: Mask = np.isfinite(w) & (w > 0)
        self.w = np.where(self.used, w, 0.0)
        self.units = Units.of(frame, [design.area, *sampling.strata], sampling.cluster)
        self.weighted = bool(sampling.weight)
        self.area = frame[design.area].astype(str).to_numpy(dtype=object)
        self.control: Mask = (frame[design.arm] == design.arms[0]).to_numpy()
        self.control_name = design.arms[0]
        self.treated: Mask = np.zeros(len(frame), dtype=bool)

    @classmethod
    def of(
        cls, frame: pd.DataFrame, design: Design, sampling: Sampling, treated: Mask | None
    ) -> _Frame:
        found = cls(frame, design, sampling)
        if treated is not None:
            found.treated = treated
        return found

    def rows(self, y: Floats, parts: list[Outcome], period: str) -> Iterator[dict[str, Any]]:
        before = all(o.asked == "before" for o in parts)
        untreated = ~self.treated & (True if before else self.control)
        words = (
            "everybody, asked before the nudge"
            if before
            else f"the arm without a nudge ({self.control_name}), asked after it"
        )
        if self.treated.any():
            words += ", without those whom an earlier wave showed a nudge"
        there = self.used & ~np.isnan(y)
        for area in [*dict.fromkeys(self.area), ALL]:
            here = (self.area == area) | (area == ALL)
            told = {
                "area": area,
                "missing": int((here & self.used & untreated & ~there).sum()),
                "left_out": int((here & there & ~untreated).sum()),
                "population": words,
                "weighted": self.weighted,
            }
            domain = here & there & untreated
            yield from (told | row for row in self._figures(np.nan_to_num(y), domain, period))

    def _figures(self, y: Floats, here: Mask, period: str) -> Iterator[dict[str, Any]]:
        domain = self.units.domain(here)
        own, w = y[domain.rows], self.w[domain.rows]
        base = len(own)
        about: dict[str, Any] = {"base": base, "weighted_base": float(w.sum())}
        about |= {"gave": int((own > 0).sum())}
        about["note"] = "Nobody untreated answered." if not base else _few(base)
        for statistic in STATISTICS:
            row: dict[str, Any] = about | {"statistic": statistic}
            row["dominated"] = statistic in OF_HOURS and dominated(own)
            if base:
                row |= _figure(statistic, own, w, domain)
                row["shown"], row["rounding"] = told_time(statistic, row["estimate"], period)
            yield row


def _figure(statistic: str, y: Floats, w: Floats, domain: Domain) -> dict[str, Any]:
    names = ("estimate", "std_error", "ci_low", "ci_high", "df")
    if statistic == "median":
        return dict(zip(names, median(y, w, domain), strict=True))
    if statistic == "trimmed mean":
        return dict(zip(names, trimmed_mean(y, w, domain, TRIMMED), strict=True))
    share, df = statistic == "any", domain.df
    found, error = mean((y > 0).astype(np.float64) if share else y, w, domain)
    kish = float(w.sum() ** 2 / (w @ w))
    ends = share_interval(found, error, df, kish) if share else around(found, error, df)
    return dict(zip(names, (found, error if df > 0 else np.nan, *ends, df), strict=True))


def _few(base: int) -> str:
    return f"Fewer than {FEW} untreated answers." if base < FEW else ""


def told_time(statistic: str, value: float, period: str) -> tuple[str, str]:
    """Write a figure as people read it, and by which rule it was rounded.

    Below an hour to 5 minutes, below 10 hours to a quarter of an hour, else to whole hours;
    shares to whole percentages.
    """
    if statistic == "any":
        return f"{100 * value:.0f} % give some time in a {period}", "to a whole percentage"
    step = 5 if value < 1 else 15 if value < 10 else 60
    minutes = int(np.floor(value * 60 / step + 0.5)) * step
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours:,} hour{'s' if hours != 1 else ''}"] if hours else []
    parts += [f"{rest} minutes"] if rest else []
    rounding = {5: "to 5 minutes", 15: "to a quarter of an hour", 60: "to a whole hour"}[step]
    return f"{' '.join(parts) or 'no time'} a {period}", rounding
