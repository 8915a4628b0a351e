"""Attrition and answers that are missing: who, a test, bounds, and weights."""

from .bounds import lee, lee_bounds, manski_bounds
from .response_weights import weighted_by_response
from .shares import missing_shares

__all__ = ["lee", "lee_bounds", "manski_bounds", "missing_shares", "weighted_by_response"]
