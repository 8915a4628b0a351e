"""Estimates beside the difference in means: what a result rests on, looked at from all sides."""

from .acting import Pair, acting_effects, acting_pairs, with_differences
from .hours import hours_distribution, hours_effects
from .means import arm_means, missing_by_arm
from .ordinal import answer_shares, ordinal_effects
from .rules import GROUP_MEMBER, Rules
from .sensitivity import sensitivity
from .words import ANNOUNCED, ESTIMANDS

__all__ = [
    "ANNOUNCED",
    "ESTIMANDS",
    "GROUP_MEMBER",
    "Pair",
    "Rules",
    "acting_effects",
    "acting_pairs",
    "answer_shares",
    "arm_means",
    "hours_distribution",
    "hours_effects",
    "missing_by_arm",
    "ordinal_effects",
    "sensitivity",
    "with_differences",
]
