"""How rows of estimates read on the page: filters of its templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from linkage.figures import decimals
from linkage.survey.asked import Asked

from .blueprint import pages

Row = dict[str, Any]


@pages.app_template_filter()
def capitalise(words: str) -> str:
    """Write the first letter large and leave the others as they are."""
    return words[:1].upper() + words[1:]


@pages.app_template_filter()
def bound_places(row: Row) -> int:
    """Say how many decimals bounds bear; those that meet have as many as a point."""
    return decimals(row["lower"], row["upper"])


@pages.app_template_filter()
def compared(row: Row, asked: Asked) -> int | None:
    """Count who answered in the arms that the contrast compares."""
    pairs = zip(asked.design.arms, asked.contrast.weights, strict=True)
    counts = [row[f"n_{arm}"] for arm, weight in pairs if weight]
    return None if None in counts else sum(counts)


@pages.app_template_filter()
def sort_arms(groups: Sequence[tuple[str, list[Row]]], arms: Sequence[str]) -> Any:
    """Order rows grouped by arm as the design does."""
    return sorted(groups, key=lambda group: arms.index(group[0]))


@pages.app_template_filter()
def hours_span(row: Row) -> str:
    """Write which hours a bar holds: none, up to 2, up to 4, more."""
    if row["high"] is None:
        return f"more than {row['low']:g}"
    return "none" if row["high"] == row["low"] else f"up to {row['high']:g}"
