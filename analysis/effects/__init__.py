"""Effects in closed form: differences in means with HC2 errors, per area and pooled."""

from ..blocks import POOLED
from .estimating import estimate_effects

__all__ = ["POOLED", "estimate_effects"]
