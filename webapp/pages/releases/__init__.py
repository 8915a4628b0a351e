"""What has left the study, and what was suppressed in it."""

from . import changing, showing
from .blueprint import pages

__all__ = ["changing", "pages", "showing"]
