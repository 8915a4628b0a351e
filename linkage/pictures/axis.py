"""Round numbers along an axis."""

from math import ceil, floor, log10


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most about `most` round numbers from at or below `low` to at or above `high`."""
    if not low < high:
        low, high = low - 1, high + 1
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    places = max(0, 2 - floor(log10(step)))
    return [round(step * n, places) + 0.0 for n in range(first, last + 1)]
