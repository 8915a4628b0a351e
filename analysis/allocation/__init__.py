"""Blocked random assignment: seeded, independent of row order, checked from its receipt."""

from .assigning import allocate, result_hash, verify
from .reading import ID_NAMES, id_column
from .receipt import RULE, RULE_OF_SHARES, Receipt

__all__ = [
    "ID_NAMES",
    "RULE",
    "RULE_OF_SHARES",
    "Receipt",
    "allocate",
    "id_column",
    "result_hash",
    "verify",
]
