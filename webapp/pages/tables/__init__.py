"""Survey tables, and what goes with acting alone or together."""

from .blueprint import pages

__all__ = ["pages"]
