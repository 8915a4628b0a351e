"""Correcting transcripts after coding: every coding stays at its words, or is named as changed."""

from .asked import NewTurn
from .planning import Moved, Plan, plan_correction, plan_return
from .storing import store_correction
from .versions import list_versions, text_of, turns_of

__all__ = [
    "Moved",
    "NewTurn",
    "Plan",
    "list_versions",
    "plan_correction",
    "plan_return",
    "store_correction",
    "text_of",
    "turns_of",
]
