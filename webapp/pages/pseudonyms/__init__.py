"""Names to hide: proposed, reviewed, replaced, and the key kept apart."""

from .blueprint import pages

__all__ = ["pages"]
