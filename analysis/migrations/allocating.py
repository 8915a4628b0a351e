"""Allocation: clusters, additions."""

from .first import migrations  # noqa: F401
