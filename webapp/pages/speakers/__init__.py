"""Speakers: who they are, what they allow, who is the same person, and who came."""

from . import attributes, composing, consents, files, linking, listing
from .blueprint import pages

__all__ = ["attributes", "composing", "consents", "files", "linking", "listing", "pages"]
