"""Agreement asked in one call, on plain values."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import BadInput
from .coefficients import UNITISING, compute
from .comparing import Comparison, check_coefficient, compare, draw_texts, measure
from .sums import sums_of
from .texts import Coding, Span, Text

Array = np.ndarray[Any, Any]
OVERALL = ("sets", "pooled")
FEW_TEXTS = 10


@dataclass(frozen=True)
class Interval:
    """A figure with its bootstrap interval; `few` says that it rests on under ten texts."""

    estimate: float
    low: float
    high: float
    texts: int
    draws: int

    @property
    def few(self) -> bool:
        return self.texts < FEW_TEXTS


def agreement(
    codings: Sequence[Coding],
    text_length: int,
    unit: str = "character",
    coefficient: str = "krippendorff_alpha",
    *,
    units: Sequence[Span] | None = None,
    coders: Collection[Hashable] | None = None,
    code: Hashable = None,
    overall: str = "sets",
) -> float:
    """Compute the agreement of several coders on one text; what nobody coded counts as “absent”.

    Parameters
    ----------
    codings : sequence of (coder, code, start, end)
        Spans in characters, end exclusive; they may overlap.
    text_length : int
        Characters of the text, the base of all shares.
    unit : {'character', 'sentence', 'turn'}
        A sentence or turn bears a code where any of its characters does.
    coefficient : {'percent', 'cohen_kappa', 'fleiss_kappa', 'gwet_ac1', 'krippendorff_alpha', \
'unitising_alpha'}
        The last is Krippendorff's (1995, 2004), on characters only.
    units : sequence of (start, end), optional
        The sentences or turns; for characters, what of the text counts.
    coders : collection, optional
        Who coded the text; whoever is named without a coding coded nothing. Default: those with
        a coding.
    code : optional
        This code only, as coded or not.
    overall : {'sets', 'pooled'}
        Without `code`: a unit's category is the set of codes it bears, none included (with codes
        that exclude each other, the code itself); or each code is coded or not, and their
        disagreements, observed and expected, are added up. Unitising alpha always adds up.

    Returns
    -------
    float
        In shares (percent too is a share); not a number where coders do not vary at all, so that
        chance explains everything.

    Raises
    ------
    BadInput
        For an unknown unit, coefficient or overall, a span outside of the text, fewer than two
        coders, Cohen's kappa of more than two, or sentences or turns without `units`.
    """
    text = Text(codings, text_length, units, coders)
    found = _compare([text], unit, coefficient, None, code)
    return float(_choose(found, coefficient, np.ones((1, 1)), code, overall)[0])


def agreement_interval(
    texts: Sequence[Text | tuple[Any, ...]],
    unit: str = "character",
    coefficient: str = "krippendorff_alpha",
    *,
    coders: Sequence[Hashable] | None = None,
    code: Hashable = None,
    overall: str = "sets",
    draws: int = 2000,
    seed: int = 0,
    level: float = 0.95,
) -> Interval:
    """Compute the agreement over several texts, with a percentile bootstrap interval over texts.

    Parameters
    ----------
    texts : sequence of Text, or of tuples (codings, length[, units[, coders]])
        A coder who is not among a text's coders is missing there.
    coders : sequence, optional
        Whom to compare; default all who coded any text.
    draws, seed, level
        Of the bootstrap; the same seed gives the same interval. Whole texts are drawn, since
        passages of one text are not independent. Draws without any variation are left out.

    Returns
    -------
    Interval
        The bounds are not a number with a single text.

    Raises
    ------
    BadInput
        As `agreement`, and without any text.
    """
    known = [text if isinstance(text, Text) else Text(*text) for text in texts]
    if not known:
        raise BadInput("There is no text to compare coders on.")
    found = _compare(known, unit, coefficient, coders, code)
    estimate = _choose(found, coefficient, np.ones((1, len(known))), code, overall)[0]
    drawn = _choose(found, coefficient, draw_texts(len(known), draws, seed), code, overall)
    low, high = bounds(drawn, len(known), level)
    return Interval(float(estimate), float(low), float(high), len(known), draws)


def bounds(drawn: Array, texts: int, level: float = 0.95) -> Array:
    """Return the lower and upper percentile of draws (draws, ...), on a new first axis."""
    tails = [100 * (1 - level) / 2, 100 * (1 + level) / 2]
    known = np.isfinite(drawn).any(axis=0)
    if texts < 2 or not np.any(known):
        return np.full((2, *drawn.shape[1:]), np.nan)
    filled = np.where(known, drawn, 0.0)
    return np.where(known, np.nanpercentile(filled, tails, axis=0), np.nan)


def rating_agreement(
    ratings: Array, coefficient: str, weights: Array | None = None, categories: int | None = None
) -> float:
    """Compute a nominal coefficient of ratings (coders, units), whole from 0, below 0 missing.

    `categories` (default: as many as occur, two at least) matters to AC1.
    """
    ratings = np.asarray(ratings)
    check_coefficient(coefficient, len(ratings))
    number = categories or max(2, int(ratings.max(initial=0)) + 1)
    worth = np.ones(ratings.shape[1]) if weights is None else weights
    return float(compute(sums_of(ratings, worth, number), coefficient))


def _compare(
    texts: Sequence[Text],
    unit: str,
    coefficient: str,
    coders: Sequence[Hashable] | None,
    code: Hashable,
) -> Comparison:
    codes = None if code is None else [code]
    return compare(texts, unit, coders, codes, unitising=coefficient == UNITISING)


def _choose(
    found: Comparison, coefficient: str, draws: Array, code: Hashable, overall: str
) -> Array:
    if overall not in OVERALL:
        raise BadInput(f"Overall is by {' or '.join(OVERALL)}, not “{str(overall)[:40]}”.")
    by_code, pooled, as_sets = measure(found, coefficient, draws)
    if code is not None:
        return by_code[:, 0]
    return pooled if overall == "pooled" or coefficient == UNITISING else as_sets
