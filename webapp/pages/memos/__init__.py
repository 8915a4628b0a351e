"""Memos: what coders write down beside their coding, found again and read as a journal."""

from . import reading, writing
from .blueprint import pages

__all__ = ["pages", "reading", "writing"]
