"""Randomisation inference: p-values from redrawing the recorded allocation."""

from .testing import randomisation_test

__all__ = ["randomisation_test"]
