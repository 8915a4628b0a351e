"""What topics are asked for: of which talk, in which pieces, how many."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import BadInput
from ..groups import PHASES

UNITS = {"turn": "Turns", "sentences": "Three sentences at a time"}
FEWEST, MOST = 2, 30
HIGHEST_SEED = 2**31 - 1
LEAST_UNITS = 20
RUNS = 8  # random starts that are compared
WHOLE = 0  # stands for all areas


@dataclass(frozen=True)
class Asked:
    """One question; `number` 0 leaves the number of topics to what is most stable."""

    unit: str = "turn"
    number: int = 0
    seed: int = 1
    guided: bool = False
    phase: str = "source"
    area_id: int = WHOLE

    def checked(self) -> Asked:
        """Return itself, or raise BadInput where it cannot be answered."""
        if self.unit not in UNITS:
            raise BadInput(f"The unit is one of {', '.join(UNITS)}, not “{self.unit[:40]}”.")
        if self.number and not FEWEST <= self.number <= MOST:
            raise BadInput(f"Ask for {FEWEST} to {MOST} topics, or leave the number out.")
        if not 0 <= self.seed <= HIGHEST_SEED:
            raise BadInput(f"The seed is a whole number from 0 to {HIGHEST_SEED}.")
        if self.phase not in (*PHASES, "all"):
            raise BadInput(f"The phase is source, test or all, not “{self.phase[:40]}”.")
        return self

    @property
    def groups(self) -> str | None:
        """The phase as queries know it; None is both."""
        return None if self.phase == "all" else self.phase
