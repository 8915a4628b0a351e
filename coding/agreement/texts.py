"""What several coders did to one text, and the units it is cut into to compare them."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import BadInput

Array = np.ndarray[Any, Any]
Coding = tuple[Hashable, Hashable, int, int]
Span = tuple[int, int]
UNITS = ("character", "sentence", "turn")


@dataclass(frozen=True)
class Text:
    """One text with its codings.

    Parameters
    ----------
    codings : sequence of (coder, code, start, end)
        Spans in characters, end exclusive.
    length : int
        How many characters the text has.
    units : sequence of (start, end), optional
        In order and apart. For sentences and turns, the units themselves; for characters, what
        of the text counts (default: all of it).
    coders : collection, optional
        Who coded this text. Whoever is named and put no code here coded nothing, which counts;
        whoever is not named is missing here, which is left out. None: those with a coding here.
    """

    codings: Sequence[Coding]
    length: int
    units: Sequence[Span] | None = None
    coders: Collection[Hashable] | None = None

    @property
    def present(self) -> frozenset[Hashable]:
        """Who coded this text."""
        if self.coders is not None:
            return frozenset(self.coders)
        return frozenset(coder for coder, *_ in self.codings)


@dataclass(frozen=True)
class Grid:
    """One text by stretches that are alike throughout.

    `applied` (codes, coders present, stretches) says who put what where; `weights` (stretches)
    how many units each stretch is worth; `places` (coders present) which coders those are.
    """

    applied: Array
    weights: Array
    places: Array


def cut(text: Text, unit: str, coders: Sequence[Hashable], codes: Sequence[Hashable]) -> Grid:
    """Cut a text into weighted stretches and say who coded each.

    A unit longer than a character bears a code where any of its characters does. Raises BadInput
    for a coding or unit that cannot be, and for sentences or turns without their spans.
    """
    starts, ends = _edges(text, unit)
    places = np.array([i for i, coder in enumerate(coders) if coder in text.present], dtype=int)
    rows = {coders[place]: row for row, place in enumerate(places)}
    columns = {code: column for column, code in enumerate(codes)}
    found = [
        (columns[code], rows[coder], start, end)
        for coder, code, start, end in text.codings
        if coder in rows and code in columns
    ]
    known = np.array(found, dtype=int).reshape(-1, 4)
    first = np.searchsorted(ends, known[:, 2], "right")
    behind = np.maximum(np.searchsorted(starts, known[:, 3], "left"), first)
    steps = np.zeros((len(codes), len(places), len(starts) + 1), dtype=np.int32)
    np.add.at(steps, (known[:, 0], known[:, 1], first), 1)
    np.add.at(steps, (known[:, 0], known[:, 1], behind), -1)
    weights = (ends - starts if unit == "character" else np.ones(len(starts))).astype(float)
    return Grid(np.cumsum(steps, axis=2)[:, :, :-1] > 0, weights, places)


def _edges(text: Text, unit: str) -> tuple[Array, Array]:
    """Return starts and ends of the stretches; characters are cut where any coding has an edge."""
    if unit not in UNITS:
        raise BadInput(f"There is no unit “{str(unit)[:40]}”; choose {', '.join(UNITS)}.")
    if unit != "character" and text.units is None:
        raise BadInput(f"To compare by {unit}, give the spans of the {unit}s as units.")
    check_codings(text)
    base = np.array(text.units if text.units is not None else [(0, text.length)], dtype=int)
    base = base.reshape(-1, 2)
    base = base[base[:, 1] > base[:, 0]]
    if (base[1:, 0] < base[:-1, 1]).any():
        raise BadInput("The units must be in order and must not overlap.")
    if unit != "character":
        return base[:, 0], base[:, 1]
    spans = np.array([(start, end) for _, _, start, end in text.codings], dtype=int)
    cuts = np.unique(np.concatenate([base.ravel(), spans.ravel()]))
    starts, ends = cuts[:-1], cuts[1:]
    inside = np.searchsorted(base[:, 0], starts, "right") > np.searchsorted(
        base[:, 1], starts, "right"
    )
    return starts[inside], ends[inside]


def check_codings(text: Text) -> None:
    for _, _, start, end in text.codings:
        if not 0 <= start < end <= text.length:
            raise BadInput(
                f"The coding {start} to {end} is not in the text, which has {text.length} "
                "characters."
            )


def everyone(texts: Iterable[Text]) -> list[Hashable]:
    """List all who coded any of the texts."""
    return sorted({coder for text in texts for coder in text.present}, key=str)


def all_codes(texts: Iterable[Text]) -> list[Hashable]:
    """List all codes applied in any of the texts."""
    return sorted({code for text in texts for _, code, _, _ in text.codings}, key=str)
