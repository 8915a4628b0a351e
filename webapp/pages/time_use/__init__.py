"""How much time people give: the figure behind typical time (B)."""

from .blueprint import pages

__all__ = ["pages"]
