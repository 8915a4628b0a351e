"""A plan as a form: filled from a plan, and read back into one."""

from .filling import fill
from .reading import read

__all__ = ["fill", "read"]
