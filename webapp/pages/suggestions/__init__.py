"""Suggested codes: reviewed by a person, with their quality in view."""

from . import deciding, learning, measured, page_wise, reviewing, similar
from .blueprint import pages

__all__ = ["deciding", "learning", "measured", "page_wise", "pages", "reviewing", "similar"]
