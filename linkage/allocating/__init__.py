"""Allocation of a wave: drawn from a frame, stored with the messages of that day, checked again."""

from .arm_files import arm_files
from .checking import check_allocation, check_stored
from .drawing import Asked, Drawn, draw
from .storing import kept_balance, store

__all__ = [
    "Asked",
    "Drawn",
    "arm_files",
    "check_allocation",
    "check_stored",
    "draw",
    "kept_balance",
    "store",
]
