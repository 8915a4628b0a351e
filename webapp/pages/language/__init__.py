"""The language model, the gazetteer, and reading the transcripts with them."""

from .blueprint import pages

__all__ = ["pages"]
