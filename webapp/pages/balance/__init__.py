"""Whether the arms of a wave are alike before the nudge."""

from .blueprint import pages

__all__ = ["pages"]
