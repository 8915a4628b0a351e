"""Agreement between coders: the figures, double coding, and deciding where coders differ."""

from . import differences, double, table
from .blueprint import pages

__all__ = ["differences", "double", "pages", "table"]
