"""The study as JSON, for the pages' own scripts and for everybody else's."""

from . import (
    agreement,
    chain,
    changes,
    codes,
    codings,
    framework,
    memos,
    preferences,
    search,
    studies,
)
from .blueprint import pages

ROOMS = (agreement, chain, changes, codes, codings, framework, memos, preferences, search, studies)
__all__ = ["pages"]
