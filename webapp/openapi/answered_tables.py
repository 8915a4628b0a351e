"""What is answered about survey tables, acting alone or together, and time given."""

from typing import Literal

from pydantic import Field

from .kinds import Answered


class TableRow(Answered):
    """One figure of an item in one group; null where it is suppressed or undefined."""

    wave: str
    item: str
    measure: str
    issue: str
    by: str
    group: str = Field(description="“all” for everybody, “not stated” for no answer to `by`.")
    statistic: Literal["share", "any", "mean", "median", "missing"]
    category: str = Field(description="“answered” for all who answered.")
    n: int | None
    weighted_n: float | None
    estimate: float | None
    std_error: float | None
    df: float | None
    ci_low: float | None
    ci_high: float | None
    base: int | None = Field(description="How many answered.")
    weighted_base: float | None
    missing: int | None
    weighted: bool
    note: str
    suppressed: str = Field(description="Why the row is suppressed; blank where it is not.")


class SurveyTable(Answered):
    """A survey table with what must be said beside it."""

    wave: str
    table: list[TableRow]
    notes: list[str]


class AssociationRow(Answered):
    """The difference in share that goes with a condition, areas held fixed."""

    issue: str
    condition: str
    level: str
    model: Literal["linear", "multinomial"]
    way: Literal["neither", "alone", "groups", "both"]
    estimate: float | None
    std_error: float | None
    df: float | None
    ci_low: float | None
    ci_high: float | None
    p_value: float | None
    n: int | None
    acting_so: int | None = Field(description="How many act this way.")
    weighted: bool
    reading: Literal["association"]


class Associations(Answered):
    """Who acts alone or together, and what goes with it: association, not effect."""

    wave: str
    shares: list[TableRow]
    models: list[AssociationRow]
    notes: list[str]


class TimeUseRow(Answered):
    """A figure of time given by people whom no nudge had reached."""

    wave: str
    issue: str
    area: str = Field(description="“all” for all areas together.")
    given: Literal["alone", "with others", "alone and with others"]
    items: str
    statistic: Literal["mean", "trimmed mean", "median", "any"]
    estimate: float | None = Field(description="Hours; a share for “any”.")
    std_error: float | None
    df: float | None
    ci_low: float | None
    ci_high: float | None
    shown: str | None = Field(description="As a message would say it.")
    rounding: str | None
    period: Literal["week", "month", "year"]
    base: int | None
    weighted_base: float | None
    gave: int | None = Field(description="How many give any time.")
    missing: int | None
    left_out: int | None = Field(description="Answered, but after a nudge.")
    population: str
    weighted: bool
    note: str


class TimeUse(Answered):
    """How much time people give, with what must be said beside it."""

    wave: str
    figures: list[TimeUseRow]
    notes: list[str]
