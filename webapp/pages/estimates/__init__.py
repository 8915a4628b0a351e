"""Estimators beside the differences in means."""

from . import code, showing, words
from .blueprint import pages

__all__ = ["code", "pages", "showing", "words"]
