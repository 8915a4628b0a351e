"""The tables where words and numbers meet, step by step: a released step never changes."""

from .first import base, migrations

# isort: split
# Each adds its steps behind those before it.
from . import story_finding  # noqa: F401

__all__ = ["base", "migrations"]
