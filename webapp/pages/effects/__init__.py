"""Effects: a contrast of an outcome by area and pooled, as picture, table and files."""

from . import drawing, files, showing
from .blueprint import pages

__all__ = ["drawing", "files", "pages", "showing"]
