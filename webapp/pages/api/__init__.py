"""The study as JSON, for the pages' own scripts and for everybody else's."""

from . import agreement, chain, changes, codes, codings, framework, memos, studies
from .blueprint import pages

__all__ = [
    "chain",
    "changes",
    "codes",
    "codings",
    "framework",
    "pages",
    "studies",
    "agreement",
    "memos",
]
