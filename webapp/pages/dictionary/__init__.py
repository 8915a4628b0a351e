"""What was asked in a wave, and how well it was answered."""

from . import downloads, showing
from .blueprint import pages

__all__ = ["downloads", "pages", "showing"]
