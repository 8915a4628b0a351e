"""Sample size before: detectable effects and power by contrast, from a formula or simulated."""

from .distributions import Answers, observed, raised_share, read_shares, shifted_odds
from .formula import (
    Expected,
    detectable_effect,
    expected_error,
    power_of,
    power_table,
)
from .simulating import Simulated, simulate_contrasts, simulated_power

__all__ = [
    "Answers",
    "Expected",
    "Simulated",
    "detectable_effect",
    "expected_error",
    "observed",
    "power_of",
    "power_table",
    "raised_share",
    "read_shares",
    "shifted_odds",
    "simulate_contrasts",
    "simulated_power",
]
