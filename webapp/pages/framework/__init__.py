"""The framework matrix: what each speaker or group says of each theme, summarised."""

from . import cell, matrix
from .blueprint import pages

__all__ = ["cell", "matrix", "pages"]
