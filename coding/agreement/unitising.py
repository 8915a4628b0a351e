"""Krippendorff's alpha for unitising, where coders also choose where a passage starts and ends.

The coefficient of Krippendorff (1995, Sociological Methodology 25: 47-76) as corrected in
Krippendorff (2004, Content Analysis, 2nd ed., pp. 251-256), not the later family of 2016.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from .coefficients import Pair
from .texts import Text, check_codings

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Continuum:
    """The sums of one code over texts laid end to end; arrays (texts,), `beside` (texts, texts)."""

    coders: int
    lengths: Array
    differing: Array  # squared distances of sections that meet
    number: Array  # units
    cubes: Array
    pairs: Array
    beside: Array  # the units of one text against the gaps of another


def lay_out(texts: Sequence[Text], coders: Sequence[Hashable], code: Hashable) -> Continuum:
    """Lay out a code's units and gaps; every coder must have coded every text."""
    sections = [[_sections(text, coder, code) for coder in coders] for text in texts]
    units = [np.concatenate([_sizes(s, filled=True) for s in row]) for row in sections]
    gaps = [np.concatenate([_sizes(s, filled=False) for s in row]) for row in sections]
    return Continuum(
        coders=len(coders),
        lengths=np.array([_length(text) for text in texts], dtype=float),
        differing=np.array([_differing(row) for row in sections], dtype=float),
        number=np.array([len(u) for u in units], dtype=float),
        cubes=np.array([(2 * u**3 - 3 * u**2 + u).sum() for u in units]),
        pairs=np.array([(u * (u - 1)).sum() for u in units]),
        beside=np.array([[_fits(u, g) for g in gaps] for u in units]).reshape(len(texts), -1),
    )


def disagreements(found: Continuum, draws: Array) -> Pair:
    """Return observed and expected disagreement of each draw of texts (draws, texts)."""
    length, m = draws @ found.lengths, found.coders
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = 2 * (draws @ found.differing) / (m * (m - 1) * length**2)
        beside = np.einsum("dt,ts,ds->d", draws, found.beside, draws)
        single = (draws @ found.number - 1) / 3 * (draws @ found.cubes)
        whole = m * length * (m * length - 1) - draws @ found.pairs
        expected = 2 / length * (single + beside) / whole
    return observed, np.where(draws @ found.number > 0, expected, 0.0)


def _length(text: Text) -> int:
    return text.length if text.units is None else sum(end - start for start, end in text.units)


def _sections(text: Text, coder: Hashable, code: Hashable) -> Array:
    """Return (sections, 3): start, end and whether coded; a coder's own overlaps are one unit."""
    check_codings(text)
    spans = sorted((s, e) for who, what, s, e in text.codings if (who, what) == (coder, code))
    edges: list[tuple[int, int, int]] = []
    at = 0
    for start, end in _joined(_within(text, spans)):
        if start > at:
            edges.append((at, start, 0))
        edges.append((start, end, 1))
        at = end
    length = _length(text)
    if at < length:
        edges.append((at, length, 0))
    return np.array(edges, dtype=float).reshape(-1, 3)


def _within(text: Text, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Measure spans on the words that count, laid end to end."""
    if text.units is None or not spans:
        return spans
    base = np.array(text.units, dtype=int).reshape(-1, 2)
    before = np.concatenate([[0], np.cumsum(base[:, 1] - base[:, 0])])
    points = np.array(spans, dtype=int)
    at = np.maximum(np.searchsorted(base[:, 0], points, "right") - 1, 0)
    reach = np.clip(points - base[at, 0], 0, base[at, 1] - base[at, 0])
    return [(int(s), int(e)) for s, e in before[at] + reach if s < e]


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _sizes(sections: Array, *, filled: bool) -> Array:
    chosen = sections[sections[:, 2] == filled]
    sizes: Array = chosen[:, 1] - chosen[:, 0]
    return sizes


def _fits(units: Array, gaps: Array) -> float:
    """Add up, for each unit, its squared length times the places it has in gaps as long."""
    ordered = np.sort(gaps)
    first = np.searchsorted(ordered, units, "left")
    from_there = np.concatenate([np.cumsum(ordered[::-1])[::-1], [0.0]])[first]
    return float((units**2 * (from_there - (len(ordered) - first) * (units - 1))).sum())


def _differing(sections: Sequence[Array]) -> float:
    return sum(_distance(one, two) for one, two in combinations(sections, 2))


def _distance(one: Array, two: Array) -> float:
    """Add up the squared distances of the sections of two coders that share any character."""
    if not len(one):
        return 0.0
    cuts = np.unique(np.concatenate([one[:, 0], two[:, 0]]))
    a = one[np.searchsorted(one[:, 0], cuts, "right") - 1]
    b = two[np.searchsorted(two[:, 0], cuts, "right") - 1]
    ahead, behind = a[:, 0] - b[:, 0], a[:, 1] - b[:, 1]
    both = a[:, 2] * b[:, 2] * (ahead**2 + behind**2)
    a_in_gap = a[:, 2] * (1 - b[:, 2]) * ((ahead >= 0) & (behind <= 0)) * (a[:, 1] - a[:, 0]) ** 2
    b_in_gap = b[:, 2] * (1 - a[:, 2]) * ((ahead <= 0) & (behind >= 0)) * (b[:, 1] - b[:, 0]) ** 2
    return float((both + a_in_gap + b_in_gap).sum())
