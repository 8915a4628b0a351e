"""Topics: what the words hold that the codebook may miss."""

from .blueprint import pages

__all__ = ["pages"]
