"""The history: who changed what and when, undo, what was deleted, and named snapshots."""

from . import listing, reversing, snapshots, words  # noqa: F401  (they add views and filters)
from .blueprint import pages

__all__ = ["pages"]
