"""What is answered about a wave's allocation and its balance."""

from pydantic import Field

from .kinds import Answered


class Batch(Answered):
    """The receipt of a batch: enough to make its allocation again."""

    batch: int
    respondents: int
    allocated_on: str
    within: list[str] = Field(description="Columns of the frame that made the blocks.")
    cluster: str = Field(description="Column of what was allocated whole; blank where nothing.")
    arms: list[str]
    shares: list[int] = Field(description="An arm each; empty where arms are equal.")
    seed: int
    rule: str
    frame_sha256: str
    result_sha256: str
    made_at: str


class ArmCount(Answered):
    """How many of an area are in an arm."""

    area: str | None
    arm: str
    respondents: int


class Allocation(Answered):
    """A wave's allocation: receipts and counts, never who is in which arm."""

    wave: str
    batches: list[Batch] = Field(description="Empty where the wave is not allocated here.")
    counts: list[ArmCount]


class BalanceRow(Answered):
    """An arm's mean of a covariate beside the control's."""

    area: str = Field(description="“pooled” for all areas together.")
    covariate: str
    arm: str
    control: str
    n: int
    control_n: int
    mean: float | None
    control_mean: float | None
    difference: float | None
    standardised: float | None = Field(description="In standard deviations; null if constant.")
    missing: int


class BalanceTest(Answered):
    """One permutation test of all covariates and arms together."""

    area: str
    n: int
    statistic: float | None
    p_randomisation: float | None
    draws: int | None
    seed: int | None


class Balance(Answered):
    """The balance of a wave from one side."""

    wave: str
    basis: str
    notes: list[str]
    tests: list[BalanceTest]
    balance: list[BalanceRow]
