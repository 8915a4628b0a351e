"""Effects in closed form: differences in means with HC2 errors, per area and pooled."""

from ..blocks import POOLED
from .estimating import estimate_effects
from .issues import issue_pooled_effects
from .later import later_effects
from .subgroups import interaction_tests, subgroup_effects
from .weighted import weighted_effects

__all__ = [
    "POOLED",
    "estimate_effects",
    "interaction_tests",
    "issue_pooled_effects",
    "later_effects",
    "subgroup_effects",
    "weighted_effects",
]
