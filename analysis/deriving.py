"""Outcomes that are worked out from others: a sum, a difference, any of them, a share."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .design import Outcome
from .errors import BadInput
from .mapping import DerivedOutcome, Mapping

RULES = ("sum", "difference", "any", "share")
IN_WORDS = {
    "sum": "the sum of {of}; no answer where one of them has none",
    "difference": "{first} less {rest}; no answer where one of them has none",
    "any": "1 where any of {of} is more than 0, else 0; no answer where that cannot be known",
    "share": "{first} as a share of {of} together; only of those where that is more than 0, "
    "so a comparison of arms is conditional and not causal",
}


def derive(frame: pd.DataFrame, entry: DerivedOutcome) -> "pd.Series[float]":
    """Work an outcome out from columns of the frame, which are named by the outcomes' keys.

    Returns
    -------
    Series of float
        NaN where it cannot be known. ``any`` is 1 as soon as one part is more than 0, whatever
        the others are; ``share`` is NaN where its whole is not more than 0.
    """
    parts = frame[list(entry.of)].to_numpy(dtype=float)
    return pd.Series(_RULES[entry.rule](parts), index=frame.index, dtype=float)


def in_words(entry: DerivedOutcome, separator: str = ", ") -> str:
    """Say how an outcome is worked out, by the keys of its parts."""
    of, first, rest = separator.join(entry.of), entry.of[0], separator.join(entry.of[1:])
    return IN_WORDS[entry.rule].format(of=of, first=first, rest=rest)


def default_outcome(
    key: str, rule: str, parts: Sequence[Outcome], said: dict[str, str]
) -> dict[str, str]:
    """Fill what a mapping does not say of a derived outcome from what its parts agree on.

    The scale follows the rule; it was asked after the nudge only where all its parts were, and
    refers to the past where any of them does.
    """
    when = {part.asked for part in parts}
    about = {part.refers_to for part in parts}
    found = {
        "measure": key,
        "issue": _shared({part.issue for part in parts}, ""),
        "scale": _scale(rule, {part.scale for part in parts}),
        "asked": "before" if "before" in when else "after",
        "refers_to": "past" if "past" in about else _shared(about, "present"),
    }
    return found | said


def check_derived(mapping_outcomes: Sequence[Outcome], rule: str, of: Sequence[str]) -> None:
    """Raise BadInput where a rule is unknown, or its parts are not outcomes above it."""
    known = [outcome.key for outcome in mapping_outcomes]
    if rule not in RULES:
        raise BadInput(f"A derived outcome needs rule: one of {', '.join(RULES)}.")
    if len(set(of)) < 2 or len(set(of)) < len(of):
        raise BadInput("A derived outcome needs of = [...] with two or more different outcomes.")
    if rule == "difference" and len(of) != 2:
        raise BadInput("A difference is of two outcomes: the first less the second.")
    unknown = [key for key in of if key not in known]
    if unknown:
        raise BadInput(
            f"“{unknown[0]}” is not the key of an outcome above it; there are: {', '.join(known)}."
        )


def add_derived(frame: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Add the derived outcomes of a mapping to a frame that has the others."""
    for entry in mapping.derived:
        frame = frame.assign(**{entry.outcome.key: derive(frame, entry)})
    return frame


def _shared(values: set[str], otherwise: str) -> str:
    return next(iter(values)) if len(values) == 1 else otherwise


def _scale(rule: str, scales: set[str]) -> str:
    if rule == "any":
        return "binary"
    if rule == "sum" and scales in ({"hours"}, {"count"}, {"binary"}):
        return "hours" if scales == {"hours"} else "count"
    return "continuous"


def _any(parts: Any) -> Any:
    some, unknown = (parts > 0).any(axis=1), np.isnan(parts).any(axis=1)
    return np.where(some, 1.0, np.where(unknown, np.nan, 0.0))


def _share(parts: Any) -> Any:
    whole = parts.sum(axis=1)
    whole = np.where(whole > 0, whole, np.nan)
    return parts[:, 0] / whole


_RULES: dict[str, Any] = {
    "sum": lambda parts: parts.sum(axis=1),
    "difference": lambda parts: parts[:, 0] - parts[:, 1],
    "any": _any,
    "share": _share,
}
