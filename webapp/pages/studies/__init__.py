"""The list of studies, the guided start of a new one, its settings, and whole studies as files."""

from . import files, listing, settings, start  # noqa: F401  (their routes)
from .blueprint import pages

__all__ = ["pages"]
