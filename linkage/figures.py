"""Numbers as people read them: a sign, a real minus, no more digits than the interval bears."""

import math


def decimals(low: float, high: float) -> int:
    """Return how many decimals an interval bears: two significant figures of its half width."""
    half = (high - low) / 2
    if not math.isfinite(half) or half <= 0:
        return 2
    return min(6, max(0, 1 - math.floor(math.log10(half))))


def figures(estimate: float, low: float, high: float) -> str:
    """Write an estimate with its interval: +0.31 (+0.04 to +0.58)."""
    places = decimals(low, high)
    if not (math.isfinite(low) and math.isfinite(high)):
        return _signed(estimate, places)
    return f"{_signed(estimate, places)} ({_signed(low, places)} to {_signed(high, places)})"


def _signed(value: float, places: int) -> str:
    written = f"{value:+,.{places}f}"
    zero = float(written.replace(",", "")) == 0
    return written[1:] if zero else written.replace("-", "−")


def interval_words(through: int, known: int) -> str:
    """Say how many intervals include zero: “The interval does not include zero”."""
    if known == 1:
        return f"The interval {'includes' if through else 'does not include'} zero"
    return f"{through} of {known} intervals include{'s' if through == 1 else ''} zero"
