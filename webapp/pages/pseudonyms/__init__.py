"""Names to hide: proposed, reviewed, replaced, and the key kept apart."""

from . import hiding, keeping, reviewing, single  # noqa: F401  (they add to the pages)
from .blueprint import pages

__all__ = ["pages"]
