"""Answers over waves, and who sat in a group."""

from .first import migrations  # noqa: F401
