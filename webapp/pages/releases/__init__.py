"""What has left the study, and what was suppressed in it."""

from .blueprint import pages

__all__ = ["pages"]
