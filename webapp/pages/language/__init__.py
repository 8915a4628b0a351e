"""The language model, the study's own names, and reading the transcripts with both."""

from . import names, reading
from .blueprint import pages

__all__ = ["names", "pages", "reading"]
