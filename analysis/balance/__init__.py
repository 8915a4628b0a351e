"""Balance of covariates: standardised differences and one permutation p for all of them."""

from .comparing import balance, balance_by_place
from .covariates import as_covariates
from .keeping import as_kept, from_kept

__all__ = ["as_covariates", "as_kept", "balance", "balance_by_place", "from_kept"]
