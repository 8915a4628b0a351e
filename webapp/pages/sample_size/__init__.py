"""Sample size before: what so many respondents can show."""

from . import showing
from .blueprint import pages

__all__ = ["pages", "showing"]
