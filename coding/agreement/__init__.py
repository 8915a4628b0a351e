"""Agreement between coders, per code and overall, by character, sentence or turn."""

from .asking import (
    FEW_TEXTS,
    Interval,
    agreement,
    agreement_interval,
    bounds,
    rating_agreement,
)
from .coefficients import COEFFICIENTS, NOMINAL, UNITISING
from .comparing import Comparison, compare, draw_texts, measure
from .texts import UNITS, Text

__all__ = [
    "COEFFICIENTS",
    "FEW_TEXTS",
    "NOMINAL",
    "UNITISING",
    "UNITS",
    "Comparison",
    "Interval",
    "Text",
    "agreement",
    "agreement_interval",
    "bounds",
    "compare",
    "draw_texts",
    "measure",
    "rating_agreement",
]
