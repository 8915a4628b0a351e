"""Estimators beside the differences in means."""

from .blueprint import pages

__all__ = ["pages"]
