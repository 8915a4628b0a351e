"""Sample size before: what so many respondents can show."""

from .blueprint import pages

__all__ = ["pages"]
