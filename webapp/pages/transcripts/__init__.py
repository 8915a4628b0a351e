"""Transcripts: the list, the import with its preview, what each is about, and focus groups."""

from . import about, groups, importing, listing
from .blueprint import pages

__all__ = ["about", "groups", "importing", "listing", "pages"]
