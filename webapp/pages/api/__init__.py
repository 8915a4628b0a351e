"""The study as JSON, for the pages' own scripts and for everybody else's."""

from . import (
    agreement,
    allocation,
    chain,
    changes,
    codebook_work,
    codes,
    codings,
    corrections,
    dictionary,
    effects,
    estimates,
    framework,
    memos,
    plan,
    preferences,
    search,
    studies,
    suggestions,
    tables,
    time_use,
    topics,
)
from .blueprint import pages

ROOMS = (
    agreement, chain, changes, codebook_work, codes, codings, corrections, framework, memos,
    preferences, search, studies, suggestions, topics, plan, allocation, dictionary, tables,
    time_use, effects, estimates,
)  # fmt: skip
__all__ = ["pages"]
