"""The study's first question: what goes with acting alone or together, never called effect."""

from .acting import WAYS, Acting, acting, acting_table
from .associating import ASSOCIATION, Associated, associate

__all__ = ["ASSOCIATION", "WAYS", "Acting", "Associated", "acting", "acting_table", "associate"]
