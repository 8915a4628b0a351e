"""Sample size before a wave: what so many respondents can show, by formula and by simulation."""

from .experiment import (
    Experiment,
    alike,
    allocated_sizes,
    allocated_whole,
    experiment_from,
    plan_for,
)
from .simulation import (
    CHANGES,
    QUICK,
    Simulation,
    control_answers,
    control_spread,
    cost,
    simulate,
    simulate_asked,
)

__all__ = [
    "CHANGES",
    "QUICK",
    "Experiment",
    "Simulation",
    "alike",
    "allocated_sizes",
    "allocated_whole",
    "control_answers",
    "control_spread",
    "cost",
    "experiment_from",
    "plan_for",
    "simulate",
    "simulate_asked",
]
