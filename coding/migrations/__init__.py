"""The tables of words and codings, step by step: a step that has been released never changes."""

from . import correcting as correcting
from .first import PIECE, migrations, pieces

__all__ = ["PIECE", "migrations", "pieces"]
