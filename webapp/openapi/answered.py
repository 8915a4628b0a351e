"""What is answered about the study, its words and its history."""

from typing import Any, Literal

from pydantic import Field

from .kinds import Answered, Id, MemoType, Place


class Problem(Answered):
    """What went wrong and what to do."""

    error: str = Field(description="One sentence, for people.")
    current: dict[str, Any] | None = Field(
        None, description="What stands there now, where somebody else was first (409)."
    )


class Document(Answered):
    """An OpenAPI document."""

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]
    components: dict[str, Any]


class Study(Answered):
    """A study on this server."""

    key: str = Field(description="Its name in addresses and commands.")
    name: str
    created_at: str


class Made(Answered):
    """What was made, or what was there already where it is the very same."""

    id: Id


class MemoSet(Answered):
    """The memo that is now there."""

    id: Id | None = Field(description="Null where a blank text removed it.")


class Memo(Answered):
    """A coder's memo, with what it is on."""

    id: Id
    on: Literal["study", "transcript", "speaker", "code", "coding"]
    type: MemoType
    title: str
    text: str
    coder: str
    coder_id: Id
    created_at: str
    revision: int
    code: str | None
    code_id: Id | None
    transcript: str | None
    transcript_id: Id | None
    turn: int | None = Field(description="Of a memo on a coding: the turn in which it begins.")
    coding_id: Id | None
    quote: str | None
    speaker: str | None
    speaker_id: Id | None


class Preferences(Answered):
    """How one likes to work in the study."""

    favourites: dict[str, Id] = Field(description="Codes by the digits 1 to 9.")
    keys: dict[str, str] = Field(description="Keys of the desk by action, where changed.")
    snapping: str = Field(description="What a selection grows to: exactly, word or sentence.")
    single_keys: bool = Field(description="Whether keys without Ctrl do anything.")
    suggestions: bool = Field(description="Whether the desk shows suggested codes.")


class Revised(Answered):
    """The change is stored."""

    revision: int = Field(description="To send with the next change of this object.")


class Reversed(Answered):
    """What was undone, or done again."""

    action: str = Field(description="In words, as the history has it.")


class ChangedRow(Answered):
    """One row of the study before and after a change."""

    change: Id = Field(description="The number of the change.")
    at: str
    actor: str
    action: str
    object: str = Field(description="What kind of thing, such as coding or code.")
    object_id: Id
    operation: Literal["insert", "update", "delete"]
    before: dict[str, Any] | None = Field(description="Null where it was not there.")
    after: dict[str, Any] | None = Field(description="Null where it is gone.")


class Changes(Answered):
    """What changed, oldest first, whole changes only; there may be more from `last` on."""

    last: Place = Field(description="Ask again since this number.")
    changes: list[ChangedRow]


class Transcript(Answered):
    """A transcript with its counts."""

    id: Id
    title: str
    area: str
    issue: str | None
    turns: int
    speakers: int
    words: int
    codings: int
    group: str
    phase: Literal["source", "test"] = Field(
        description="Does the group feed messages, or was it shown results?"
    )
    held_on: str | None
    wave: str | None
    participant_turns: int
    unattributed: int = Field(description="Turns whose speaker is not known.")
    share_coded: float | None = Field(description="Of participants' turns; null without any.")
    area_id: Id
    focus_group_id: Id
    issue_id: Id | None
    file_name: str
    file_sha256: str
    imported_at: str


class Hit(Answered):
    """Words found in a turn, with what stands around them."""

    transcript: str
    turn: int = Field(description="The turn's place in the transcript.")
    speaker: str | None
    role: str | None
    area: str
    area_name: str
    start: Place
    end: Place
    before: str
    quote: str
    after: str
    transcript_id: Id
    extents: dict[str, tuple[Place, Place]] = Field(
        description="Start and end of the words, of their sentence and of their turn."
    )


class Code(Answered):
    """A code at its place in the codebook's tree."""

    id: Id
    guid: str
    parent_id: Id | None
    name: str
    colour: str
    definition: str
    include: str
    exclude: str
    example: str
    position: int
    revision: int
    depth: int = Field(description="0 for a theme.")
    theme: str
    theme_id: Id
    path: str
    codings: int = Field(description="With those of all codes nested under it.")
    own_codings: int


class FrameworkCell(Answered):
    """A cell of the framework matrix: what a speaker or group says of a theme."""

    area: str
    group: str
    speaker: str | None = Field(None, description="Absent where the rows are groups.")
    theme: str
    quotes: int = Field(description="Quotes of the theme and the codes nested under it.")
    summary: str = Field(description="Blank where nobody wrote one; [q12] refers to coding 12.")
    written_by: str | None
    written_at: str | None


class Coding(Answered):
    """A code on a passage; turn and speaker are those of the first turn touched."""

    id: Id
    transcript: str
    transcript_id: Id
    turn: int | None = Field(description="The turn's place in the transcript.")
    turn_id: Id | None
    turns: int = Field(description="How many turns the passage touches.")
    code: str
    code_id: Id
    theme: str
    theme_id: Id
    colour: str
    coder: str
    coder_id: Id
    start: Place
    end: Place
    quote: str
    speaker: str | None
    speaker_id: Id | None
    role: Literal["moderator", "participant"] | None
    issue: str | None
    area: str
    area_name: str
    group: str
    phase: Literal["source", "test"]
    created_at: str
    origin: Literal["by hand", "suggested"]
    memo: str | None


class MovedQuote(Answered):
    """A coding, or a quote of a story, that a correction changes."""

    id: Id
    quote: str = Field(description="What it says.")
    now: str | None = Field(description="What it would say; null where its words are gone.")


class Corrected(Answered):
    """What a correction does, or did."""

    version: Id = Field(description="Of the text: the new one where stored, the old in a dry run.")
    seen: str = Field(description="To send with the correction that was looked at.")
    same: int = Field(description="Codings that stay at exactly the same words.")
    unsure: list[MovedQuote] = Field(description="The same words, in other surroundings.")
    changed: list[MovedQuote]
    lost: list[MovedQuote]
    altered_story_quotes: list[MovedQuote]
    blocking_story_quotes: list[MovedQuote] = Field(
        description="Would be gone; nothing can be stored while there is one."
    )
