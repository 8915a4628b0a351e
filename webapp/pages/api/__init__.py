"""The study as JSON, for the pages' own scripts and for everybody else's."""

from . import chain, changes, codes, codings, corrections, studies
from .blueprint import pages

__all__ = ["chain", "changes", "codes", "codings", "corrections", "pages", "studies"]
