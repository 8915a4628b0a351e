"""Suggested codes: reviewed by a person, with their quality in view."""

from .blueprint import pages

__all__ = ["pages"]
