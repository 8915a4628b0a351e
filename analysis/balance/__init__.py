"""Balance of covariates: standardised differences and one permutation p for all of them."""

from .comparing import balance, balance_by_place, draws_for
from .covariates import as_covariates
from .keeping import as_kept, from_kept, is_kept

__all__ = [
    "as_covariates",
    "as_kept",
    "balance",
    "balance_by_place",
    "draws_for",
    "from_kept",
    "is_kept",
]
