"""The plan of a wave: written, frozen, and who has seen results since."""

from . import freezing, showing, writing
from .blueprint import pages

__all__ = ["freezing", "pages", "showing", "writing"]
