"""The study as JSON, for the pages' own scripts and for everybody else's."""

from . import (
    agreement,
    chain,
    changes,
    codebook_work,
    codes,
    codings,
    corrections,
    framework,
    memos,
    preferences,
    search,
    studies,
    suggestions,
    topics,
)
from .blueprint import pages

ROOMS = (
    agreement, chain, changes, codebook_work, codes, codings, corrections, framework, memos,
    preferences, search, studies, suggestions, topics,
)  # fmt: skip
__all__ = ["pages"]
