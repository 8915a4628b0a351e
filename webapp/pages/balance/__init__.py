"""Whether the arms of a wave are alike before the nudge."""

from . import showing
from .blueprint import pages

__all__ = ["pages", "showing"]
