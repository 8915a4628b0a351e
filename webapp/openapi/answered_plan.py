"""What is answered about plans."""

from pydantic import Field

from .kinds import Answered


class PlannedOutcome(Answered):
    """An outcome as planned."""

    key: str
    issue: str
    measure: str
    scale: str
    primary: bool
    low: float | None
    high: float | None
    sesoi: float | None = Field(description="The smallest effect of interest, in its unit.")
    winsor: float | None


class PlannedFamily(Answered):
    """Effects whose errors count together."""

    name: str
    contrasts: list[str]
    outcomes: list[str]
    areas: list[str]


class PlannedExclusion(Answered):
    """Respondents who are left out."""

    column: str
    values: list[str]
    reason: str


class PlanBody(Answered):
    """What a plan says."""

    arms: list[str]
    areas: list[str]
    issues: list[str]
    outcomes: list[PlannedOutcome]
    primary_contrast: str
    contrasts: list[str]
    families: list[PlannedFamily]
    covariates: list[str]
    subgroups: list[str]
    exclusions: list[PlannedExclusion]
    group_members: str
    further: list[str]
    draws: int
    seed: int
    notes: str


class PlanVersion(Answered):
    """A version of a wave's plan; the newest stands first."""

    version: int
    frozen_at: str | None = Field(description="Null of a draft.")
    frozen_by: str | None
    plan_sha256: str | None = Field(description="Of the plan's canonical JSON.")
    reason: str = Field(description="Why the version before was amended.")
    answered_at: str | None = Field(description="Since when the wave had answers at freezing.")
    results_seen_at: str | None = Field(
        description="Since when somebody had seen results at freezing."
    )
    plan: PlanBody


class SeenBy(Answered):
    """Who saw results."""

    name: str
    what: str
    seen_at: str


class PlanOfWave(Answered):
    """The plan of a wave in its versions, and who saw results since when."""

    wave: str
    versions: list[PlanVersion]
    seen: list[SeenBy]
