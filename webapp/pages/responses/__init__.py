"""Survey answers: what is stored, the import of a file with its mapping, and counts by arm."""

from . import answers, listing, mapping, members
from .blueprint import pages

__all__ = ["answers", "listing", "mapping", "members", "pages"]
