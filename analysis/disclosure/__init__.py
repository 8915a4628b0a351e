"""Disclosure control: which numbers of a table may leave, so that nobody is read out of them."""

from .crosstabs import suppress
from .dominance import dominated
from .protecting import Cells, protect
from .ranges import feasible_ranges

THRESHOLD = 10  # respondents; METHODS: the default, which a study may raise or lower

__all__ = ["THRESHOLD", "Cells", "dominated", "feasible_ranges", "protect", "suppress"]
