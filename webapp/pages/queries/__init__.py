"""Queries: quotes by several codes, where codes meet, who speaks of what, words, saturation."""

from . import showing
from .blueprint import pages

__all__ = ["pages", "showing"]
