"""The tables of words and codings, step by step: a step that has been released never changes."""

from . import people as _people  # noqa: F401  (it adds its steps behind the first ones)
from .first import PIECE, migrations, pieces

__all__ = ["PIECE", "migrations", "pieces"]
