"""Where coders differ, what was decided there, and the agreed layer that comes of it."""

from .agreed import Difference, agreed_layer, list_differences
from .deciding import DECISIONS, decide, difference_at, withdraw
from .places import Place, find_places

__all__ = [
    "DECISIONS",
    "Difference",
    "Place",
    "agreed_layer",
    "decide",
    "difference_at",
    "find_places",
    "list_differences",
    "withdraw",
]
