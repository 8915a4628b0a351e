"""The tables of the numbers, step by step: a step that has been released never changes."""

from .first import migrations

# isort: split
# Each adds its steps behind those before it.
from . import planning  # noqa: F401

# isort: split

from . import allocating  # noqa: F401

# isort: split

from . import responding  # noqa: F401

# isort: split

from . import figures  # noqa: F401

# isort: split

from . import releasing  # noqa: F401

# isort: split

from . import drawing  # noqa: F401

__all__ = ["migrations"]
