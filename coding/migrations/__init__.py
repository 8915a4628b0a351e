"""The tables of words and codings, step by step: a step that has been released never changes."""

from .first import PIECE, migrations, pieces

# isort: split
# Each adds its steps behind those before it.
from . import agreement, framework, people  # noqa: F401

# isort: split

from . import correcting  # noqa: F401

# isort: split

from . import codebook  # noqa: F401

# isort: split

from . import language  # noqa: F401

# isort: split

from . import suggestions  # noqa: F401

# isort: split

from . import gazetteer  # noqa: F401

# isort: split

from . import topics  # noqa: F401

# isort: split

from . import pseudonyms  # noqa: F401

__all__ = ["PIECE", "migrations", "pieces"]
