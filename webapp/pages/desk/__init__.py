"""The coding desk: a transcript with its codings, and the pieces of it that change."""

from . import beside, living, placing, showing, telling  # noqa: F401  (they add their views)
from .blueprint import pages

__all__ = ["pages"]
