"""What is answered about effects."""

from pydantic import Field

from .kinds import Answered


class Effect(Answered):
    """One estimate. Further columns count respondents (`n_…`) and missing answers by arm.

    Where subgroups are asked for, `subgroup` and `value` say whose it is.
    """

    wave: str
    area: str = Field(description="“pooled” for all areas together.")
    issue: str
    outcome: str
    measure: str
    scale: str
    contrast: str
    estimate: float | None
    std_error: float | None
    df: float | None
    ci_low: float | None
    ci_high: float | None
    p_value: float | None
    mde_80: float | None = Field(description="The smallest effect found 4 times in 5.")
    planned: bool | None = Field(description="Null without a frozen plan: nothing is planned.")
    note: str = Field(description="Why there is no estimate; blank where there is one.")


class FrozenPlan(Answered):
    """The plan that effects are held beside."""

    version: int
    plan_sha256: str
    frozen_at: str
    after_answers: bool
    after_results: bool = Field(description="Whether somebody had seen results before.")


class Redrawn(Answered):
    """What the randomisation p-values rest on."""

    draws: int
    seed: int
    made_at: str


class Heterogeneity(Answered):
    """How the effects of areas differ; null where fewer than two have one."""

    outcome: str
    contrast: str
    areas: int
    q: float | None
    q_p: float | None
    i2: float | None
    tau2: float | None
    tau2_low: float | None
    tau2_high: float | None
    note: str


class Effects(Answered):
    """The tidy effects of a wave."""

    wave: str
    effects: list[Effect]
    plan: FrozenPlan | None
    redrawn: Redrawn | None = Field(description="Null where nothing was drawn for these answers.")
    mechanism: str = Field(description="The rule by which arms are redrawn.")
    heterogeneity: list[Heterogeneity]
    notes: list[str] = Field(description="Who was left out, and where plan and answers differ.")
