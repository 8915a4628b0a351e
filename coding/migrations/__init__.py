"""The tables of words and codings, step by step: a step that has been released never changes."""

from . import agreement as _agreement  # noqa: F401  (it adds its steps behind the first ones)
from .first import PIECE, migrations, pieces

# isort: split

from . import framework  # noqa: F401

# isort: split

from . import correcting  # noqa: F401

__all__ = ["PIECE", "migrations", "pieces"]
