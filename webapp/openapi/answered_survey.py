"""What is answered about the items of a wave, and who answered them."""

from typing import Literal

from pydantic import Field

from .kinds import Answered

SUPPRESSED = "Why the counts are left out; empty where they are not."


class DictionaryRow(Answered):
    """An item and one of its values."""

    key: str
    question: str
    column: str = Field(description="Of the file; empty for an item that is worked out.")
    role: str
    issue: str
    measure: str
    scale: str
    asked: str
    refers_to: str
    direction: str = Field(description="What the low and the high end of its scale mean.")
    derived_from: str
    kind: Literal["answer", "missing"]
    value: str = Field(description="“(all)” for all of the kind; empty for a blank.")
    label: str
    respondents: int | None
    base: int = Field(description="Who answered; of missing answers all respondents.")
    share: float | None
    suppressed: str = Field(description=SUPPRESSED)


class Dictionary(Answered):
    """Every item of a wave with its values."""

    wave: str
    dictionary: list[DictionaryRow]


class CheckRow(Answered):
    """Respondents whose answers are odd in one way."""

    check: str
    items: str
    flagged: int | None
    base: int
    share: float | None
    note: str
    suppressed: str = Field(description=SUPPRESSED)


class AnswerQuality(Answered):
    """What may be wrong with a wave's answers; nothing is left out because of it."""

    wave: str
    checks: list[CheckRow]


class RateRow(Answered):
    """Who was allocated, responded, and answered an item; null where it is not known."""

    area: str = Field(description="“pooled” for all areas together.")
    arm: str = Field(description="“all” for all arms together.")
    allocated: int | None
    responded: int | None
    response_rate: float | None
    answered: int | None
    item_rate: float | None = Field(description="Answered, of the responded.")
    reach: float | None = Field(description="Answered, of the allocated.")
    suppressed: str = Field(description=SUPPRESSED)


class ResponseTest(Answered):
    """A test that arms do not differ in responding, or in answering the item."""

    area: str
    stage: Literal["responded", "answered"]
    statistic: float | None
    df: int
    p_value: float | None


class ResponseRates(Answered):
    """Response by area and arm, for one item."""

    wave: str
    item: str
    notes: list[str]
    rates: list[RateRow]
    tests: list[ResponseTest]
