"""What an effect says, in words that an analyst and a councillor both can use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from ..figures import decimals, figures

Row = Mapping[str, Any]
POINTS = "percentage points"
UNITS = {"binary": POINTS, "hours": "hours", "ordinal": "scale points"}


@dataclass(frozen=True)
class Said:
    """A verdict in a word, and the sentence behind it."""

    verdict: str  # one of VERDICTS
    sentence: str


VERDICTS = {
    "none": "No estimate",
    "too small to matter": "No effect of a size that matters",
    "small": "An effect, smaller than what matters",
    "large": "An effect at least as large as what matters",
    "effect": "An effect",
    "open": "Open: neither an effect nor its absence can be told",
    "no evidence": "Cannot be told apart from no effect",
}


def effect_words(row: Row) -> Said:
    """Say what an effect's interval, its smallest effect of interest and its power tell.

    A null effect is a result: how large an effect the interval still allows, whether that is less
    than what was said to matter, and how large a one would have been found.
    """
    if not _known(row.get("estimate")):
        return Said("none", f"No estimate: {row.get('note') or 'too few answers'}.")
    told = amount(row)
    inside = row["ci_low"] <= 0 <= row["ci_high"]
    if _known(row.get("sesoi")):
        return _beside_smallest(row, told, inside)
    if inside:
        return Said("no evidence", f"{told}: the interval includes no effect. {_reach(row)}")
    return Said(
        "effect",
        f"{told}: the interval does not include zero. Whether it is large enough to matter is for "
        "people to say; no smallest effect of interest was declared.",
    )


def _beside_smallest(row: Row, told: str, inside: bool) -> Said:
    low, high, least = row["ci_low"], row["ci_high"], row["sesoi"]
    small = f"± {_plain(least, row)}, the smallest effect of interest"
    p = f" (equivalence p {_p(row.get('p_equivalence'))})"
    within = -least < low and high < least
    # The test of equivalence at 5 % holds just where the 90 % interval lies within.
    if within or (_known(row.get("p_equivalence")) and row["p_equivalence"] < 0.05):
        lies = "the interval lies" if within else "the 90 % interval lies"
        if inside:
            return Said(
                "too small to matter",
                f"{told}: {lies} within {small}{p}, so an effect that matters is ruled out.",
            )
        return Said(
            "small",
            f"{told}: there is an effect, and {lies} within {small}{p}: it is smaller "
            "than what was said to matter.",
        )
    if low >= least or high <= -least:
        return Said("large", f"{told}: the whole interval lies beyond {small}.")
    if not inside:
        return Said(
            "effect",
            f"{told}: there is an effect; whether it is as large as {_plain(least, row)}, the "
            "smallest effect of interest, stays open.",
        )
    return Said(
        "open",
        f"{told}: the interval includes no effect and reaches beyond {small}{p}, so neither an "
        f"effect that matters nor its absence is shown. {_reach(row)}",
    )


def _known(value: Any) -> bool:
    return value is not None and isfinite(value)


def _reach(row: Row) -> str:
    if not _known(row.get("mde_80")):
        return ""
    return (
        f"With this many respondents a true effect of {_plain(row['mde_80'], row)} would be found "
        "four times in five."
    )


def amount(row: Row) -> str:
    """Write an effect with its interval and unit: +0.31 (+0.04 to +0.58) hours."""
    factor = 100 if row.get("scale") == "binary" else 1
    numbers = [factor * row[name] for name in ("estimate", "ci_low", "ci_high")]
    return f"{figures(*numbers)} {unit(row)}".rstrip()


def unit(row: Row) -> str:
    """The unit of a difference, blank where the outcome has none of its own."""
    return UNITS.get(str(row.get("scale", "")), "")


def _plain(value: float, row: Row) -> str:
    factor = 100 if row.get("scale") == "binary" else 1
    places = decimals(factor * row["ci_low"], factor * row["ci_high"])
    return f"{factor * value:,.{places}f} {unit(row)}".rstrip()


def _p(value: Any) -> str:
    if not _known(value):
        return "not known"
    return "< .001" if value < 0.0005 else f"{value:.3f}".lstrip("0")


def difference_words(row: Row) -> str:
    """Say whether effects differ between areas (a row of `analysis.pooling.heterogeneity`).

    The row's `scale` gives τ its unit.
    """
    if row.get("note"):
        return f"Whether areas differ cannot be asked: {row['note']}."
    areas = int(row["areas"])
    if row["f_p"] < 0.05:
        return (
            f"The effect is not the same in the {areas} areas: it differs by more than chance "
            f"alone would often bring about ({_figures(row)}). The pooled figure is an average of "
            "different effects."
        )
    return (
        f"The {areas} areas differ no more than chance alone often makes them differ "
        f"({_figures(row)}). That does not show that the effect is the same everywhere: "
        f"{areas} areas tell little about how much it varies."
    )


def _spread(value: float) -> str:
    """Two digits, and from 100 on the whole number, never as a power of ten."""
    return f"{value:,.0f}" if value >= 99.5 else f"{value:.2g}"


def _figures(row: Row) -> str:
    factor = 100 if row.get("scale") == "binary" else 1
    tau, low, high = (factor * row[name] ** 0.5 for name in ("tau2", "tau2_low", "tau2_high"))
    p = _p(row["f_p"])
    return (
        f"F = {row['f']:.2f} on {int(row['areas']) - 1} and {row['f_df']:,.0f} df, "
        f"p {p if p.startswith('<') else f'= {p}'}; Q = {row['q']:.2f}; "
        f"I² = {100 * row['i2']:.0f} %; τ = {_spread(tau)}, "
        f"95 % interval {_spread(low)} to {_spread(high)}"
        f"{' ' + unit(row) if unit(row) else ''}"
    )
