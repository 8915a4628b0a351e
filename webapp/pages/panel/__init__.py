"""The panel: a wave's sampling frame, allocated once at random, batch by batch, with receipts."""

from . import checking, files, listing, planning
from .blueprint import pages

__all__ = ["checking", "files", "listing", "pages", "planning"]
