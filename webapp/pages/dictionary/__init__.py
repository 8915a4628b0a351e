"""What was asked in a wave, and how well it was answered."""

from .blueprint import pages

__all__ = ["pages"]
