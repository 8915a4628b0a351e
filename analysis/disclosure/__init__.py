"""Disclosure control: which numbers of a table may leave, so that nobody is read out of them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .crosstabs import suppress
    from .dominance import dominated
    from .protecting import Cells, protect
    from .ranges import feasible_ranges

THRESHOLD = 10  # respondents; METHODS: the default, which a study may raise or lower

__all__ = ["THRESHOLD", "Cells", "dominated", "feasible_ranges", "protect", "suppress"]
# Pages import the shape of a table at start, which must not bring pandas and scipy along.
_ROOMS = {
    "Cells": "protecting",
    "dominated": "dominance",
    "feasible_ranges": "ranges",
    "protect": "protecting",
    "suppress": "crosstabs",
}


def __getattr__(name: str) -> Any:
    """Import a function from its room when it is first asked for."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_ROOMS[name]}", __name__), name)
