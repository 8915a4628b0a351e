"""The map beside the text: how much is coded where, from the first turn to the last."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from .display import plural
from .drawn import Drawn

Row = dict[str, Any]
BINS, WIDTH = 120, 20
MOST = 4  # fewer codings than these never fill the width


def draw_density(turns: Sequence[Row], marks: Sequence[Row], code_id: int | None) -> Drawn:
    """Draw the map; each bin leads to its first turn and is as wide as it has codings."""
    counts, ends = [0] * BINS, [turn["end"] for turn in turns]
    long = max(1, ends[-1] if ends else 1)
    for mark in marks:
        for number in range(mark["start"] * BINS // long, (mark["end"] - 1) * BINS // long + 1):
            counts[min(number, BINS - 1)] += 1
    colour = f"c{code_id}" if code_id else "any"
    top = max(MOST, *counts)
    bars = "".join(
        [
            f'<rect x="0" y="{number}" width="{count * WIDTH / top:.1f}" height="1"/>'
            for number, count in enumerate(counts)
            if count
        ]
    )
    firsts = [bisect_right(ends, number * long // BINS) + 1 for number in range(BINS)]
    return Drawn(
        f'<svg viewBox="0 0 {WIDTH} {BINS}" preserveAspectRatio="none" class="{colour}" '
        f'aria-hidden="true" data-turns="{" ".join(map(str, firsts))}" '
        f'data-counts="{" ".join(map(str, counts))}">{bars}</svg>'
        f'<p class="hidden-text">{plural(len(marks), "coding")} in this transcript are shown.</p>'
    )
