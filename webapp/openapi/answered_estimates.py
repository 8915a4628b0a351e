"""What is answered about estimators beside the difference in means."""

from pydantic import Field

from .kinds import Answered


class Estimate(Answered):
    """A row of estimates, or of counts by arm; which further columns it has depends on `what`."""

    wave: str
    area: str = Field(description="“pooled” for all areas together.")
    outcome: str
    contrast: str | None = Field(None, description="Of estimates.")
    analysis: str | None = Field(None, description="Which estimator, such as “Lee bounds”.")
    estimate: float | None = None
    lower: float | None = Field(None, description="A bound, which is no end of an interval.")
    upper: float | None = None
    estimand: str | None = Field(None, description="What it is an estimate of, in words.")
    causal: bool | None = Field(None, description="False of what is conditional on an answer.")
    note: str | None = Field(None, description="Why there is no figure; blank where there is.")


class Estimates(Answered):
    """One outcome by other estimators."""

    wave: str
    what: str
    notes: list[str]
    estimates: list[Estimate]
