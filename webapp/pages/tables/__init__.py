"""Survey tables, and what goes with acting alone or together."""

from . import association, index
from .blueprint import pages

__all__ = ["association", "index", "pages"]
