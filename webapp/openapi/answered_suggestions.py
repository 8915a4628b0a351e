"""What is answered about suggestions."""

from typing import Literal

from pydantic import Field

from .kinds import Answered, Id, Place


class Reasons(Answered):
    """What speaks for a suggestion."""

    words: list[tuple[str, float]] = Field(description="Words with their weight, most first.")
    nearest: list[Id] = Field(description="Codings like it that the reader may see.")
    from_: Literal["coded passages", "name and definition"] = Field(
        alias="from", description="What the code was learned from."
    )


class Suggestion(Answered):
    """A code suggested for a passage that does not bear it; nobody has decided on it."""

    transcript: str
    transcript_id: Id
    turn: int | None = Field(description="The turn's place in the transcript.")
    start: Place
    end: Place
    quote: str
    code: str
    code_id: Id
    probability: float = Field(ge=0, le=1, description="Calibrated by cross-validation.")
    likely: str = Field(description="The probability in a plain word.")
    reasons: Reasons
    speaker: str | None
    area: str


class Decided(Answered):
    """A decision on a suggestion."""

    id: Id
    coding_id: Id | None = Field(description="The coding that was made; null where rejected.")
