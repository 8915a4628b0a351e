"""Topics: what the words hold that the codebook may miss."""

from . import deciding, finding, showing
from .blueprint import pages

__all__ = ["deciding", "finding", "pages", "showing"]
