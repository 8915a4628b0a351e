"""How much time people give: the figures that Nudge B may use."""

from . import index
from .blueprint import pages

__all__ = ["index", "pages"]
