"""Figures of time that a message used."""

from .first import migrations  # noqa: F401
