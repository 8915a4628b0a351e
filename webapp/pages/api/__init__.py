"""The study as JSON, for the pages' own scripts and for everybody else's."""

from . import agreement, chain, changes, codes, codings, framework, memos, search, studies
from .blueprint import pages

ROOMS = (agreement, chain, changes, codes, codings, framework, memos, search, studies)
__all__ = ["pages"]
