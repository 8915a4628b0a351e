"""What may stand behind the question mark of an address; a blank value is not a missing one."""

from typing import Literal

from pydantic import Field

from .kinds import Asked, MemoType, Since

WAVE = "The wave's key; the latest wave with answers where absent."


class SinceChange(Asked):
    """Which changes are already known."""

    since: Since = Field(0, description="The number of the last change known; all where absent.")


class OfMemos(Asked):
    """Which memos."""

    text: str = Field("", description="Words that stand in the memo or in what it is on.")
    type: MemoType | None = Field(None, description="All types where absent.")
    on: Literal["study", "transcript", "speaker", "code", "coding"] | None = Field(
        None, description="What kind of thing they are on; anything where absent."
    )


class OfSuggestions(Asked):
    """Which suggestions."""

    code: Since | None = Field(None, description="The code's number; all codes where absent.")
    transcript: Since | None = Field(None, description="The transcript's number; all if absent.")
    order: Literal["confidence", "code", "text"] = Field("confidence", description="Which first.")
    top: Since | None = Field(None, description="At most so many; all where absent.")


class OfArea(Asked):
    """Which area."""

    area: str | None = Field(None, description="The area's key; all areas where absent.")


class SomeWords(OfArea):
    """Which words."""

    words: str = Field("", description="What was said, at most 200 characters.")


class OfAreaAndIssue(OfArea):
    """Which area and issue."""

    issue: str | None = Field(None, description="The issue's key; all issues where absent.")


class OfFramework(OfAreaAndIssue):
    """Which rows."""

    rows: Literal["speaker", "group"] = Field("speaker", description="Speaker where absent.")


class OfWave(Asked):
    """Which wave."""

    wave: str | None = Field(None, description="The wave's key; all waves where absent.")


class OfOneWave(Asked):
    """Which wave."""

    wave: str | None = Field(None, description="The wave's key; the last one where absent.")


class OfBalance(Asked):
    """Which balance."""

    wave: str | None = Field(None, description="The wave's key; the last one with a balance.")
    basis: str | None = Field(
        None, description="“frame1”, “frame2”, … by batch, or “answers”; the first there is."
    )


class ByWhat(Asked):
    """What prevalence is counted by."""

    by: Literal["area", "issue", "speaker"] = Field("area", description="Area where absent.")


class OneEffect(Asked):
    """Which effect."""

    wave: str | None = Field(None, description=WAVE)
    outcome: str | None = Field(None, description="The first of the wave's where absent.")
    contrast: str | None = Field(None, description="The first of the design's where absent.")


class SomeEffects(Asked):
    """Which effects."""

    wave: str | None = Field(None, description=WAVE)
    outcome: str | None = Field(None, description="One outcome's key; all where absent.")
    contrast: str | None = Field(None, description="One contrast's name; all where absent.")
    by: Literal["area", "pooled"] | None = Field(None, description="Both where absent.")
    planned: bool | None = Field(
        None, description="Only what the frozen plan holds, or only what it does not."
    )
    members: Literal["include", "exclude"] | None = Field(
        None, description="Respondents who sat in a focus group; as planned where absent."
    )
    beside: Literal["weighted", "issues", "subgroup", "earlier"] | None = Field(
        None,
        description="Instead: weighted effects, measures over all issues, the subgroups of a"
        " covariate, or blocked on and adjusted for an earlier wave.",
    )
    of: str | None = Field(None, description="The covariate, or the earlier wave's key.")


class HowToCompare(Asked):
    """How coders are compared."""

    unit: Literal["character", "sentence", "turn"] = Field(
        "character", description="Character where absent."
    )
    coefficient: Literal[
        "percent", "cohen_kappa", "fleiss_kappa", "gwet_ac1", "krippendorff_alpha",
        "unitising_alpha",
    ] = Field("krippendorff_alpha", description="Nominal alpha where absent.")  # fmt: skip
    by: Literal["code", "theme"] = Field("code", description="Code where absent.")
