"""The study as JSON, for the pages' own scripts and for everybody else's."""

from . import agreement, chain, changes, codes, codings, corrections, framework, studies
from .blueprint import pages

__all__ = [
    "agreement",
    "chain",
    "changes",
    "codes",
    "codings",
    "corrections",
    "framework",
    "pages",
    "studies",
]
