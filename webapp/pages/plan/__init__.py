"""The plan of a wave: written, frozen, and who has seen results since."""

from .blueprint import pages

__all__ = ["pages"]
