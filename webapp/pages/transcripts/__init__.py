"""Transcripts: the list, the import with its preview, what each is about, and focus groups."""

from . import about, correcting, groups, importing, listing, versions
from .blueprint import pages

__all__ = ["about", "correcting", "groups", "importing", "listing", "pages", "versions"]
