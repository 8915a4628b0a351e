"""What requests may hold in their bodies and headers."""

from pydantic import BaseModel, ConfigDict, Field

from .kinds import Id, MemoType, Place, Sent, Whole, plain

NAME = "1 to 200 characters on one line, unlike its neighbours' in the tree."
COLOUR = "As #rrggbb; the next of the palette, or the parent code's, where absent."
MEMO_TYPE = "What kind of memo it is."
SEEN = "The revision that was seen; 409 if it is no longer so."
PARENT = "The code it is nested under; null for a theme."


class NewCoding(Sent):
    """A code put on a passage, with the words that the sender saw there."""

    code_id: Id = Field(description="The code.")
    start: Place = Field(description="First character of the passage, in code points from 0.")
    end: Place = Field(description="The character after its last.")
    quote: str = Field(description="The words of the passage, exactly as the transcript has them.")


class SuggestionDecision(Sent):
    """A decision on an open suggestion, with the words that the sender saw there."""

    transcript_id: Id = Field(description="The transcript.")
    code_id: Id = Field(description="The code that is suggested.")
    start: Place = Field(description="First character of the passage, in code points from 0.")
    end: Place = Field(description="The character after its last.")
    quote: str = Field(description="The words of the passage, exactly as the transcript has them.")
    decision: str = Field(description="accepted, which codes the passage, or rejected.")
    as_code_id: Id | None = Field(
        None, description="Another code to put on it; the one suggested then counts as rejected."
    )
    extent: str = Field("words", description="What is coded: words, sentence or turn.")


class CodingChange(Sent):
    """Another code or other words for one's own coding; what is left out stays."""

    code_id: Id = Field(0, description="The new code.")
    start: Place = Field(0, description="With `end` and `quote`: the first character.")
    end: Place = Field(0, description="The character after the last.")
    quote: str = Field("", description="The words there, exactly as the transcript has them.")


class PreferencesChange(Sent):
    """One's own way of working; what is left out stays."""

    favourites: dict[str, Id] = Field({}, description="Codes by the digits 1 to 9.")
    keys: dict[str, str] = Field({}, description="Keys of the desk by action, where changed.")
    snapping: str = Field("", description="exactly, word or sentence.")
    suggestions: bool = Field(False, description="Whether the desk shows suggested codes.")
    single_keys: bool = Field(True, description="Whether keys without Ctrl do anything.")


class MemoText(Sent):
    """The text of a memo."""

    text: str = Field(description="Blank removes the memo.")
    revision: Id | None = Field(
        None, description="The memo's revision as it was read; 409 where it was changed since."
    )


class NewMemo(Sent):
    """A memo on one thing, or on the study where none is named."""

    text: str = Field(description="What to remember.")
    title: str = Field("", description="Blank for none.")
    type: MemoType = Field("note", description=MEMO_TYPE)
    coding_id: Id | None = Field(None, description="The coding it is on.")
    code_id: Id | None = Field(None, description="The code it is on.")
    transcript_id: Id | None = Field(None, description="The transcript it is on.")
    speaker_id: Id | None = Field(None, description="The speaker it is on.")


class TopicNamed(Sent):
    """A topic among those found."""

    key: str = Field(description="As the topics were answered with.")
    topic: Id = Field(description="Its number among them.")


class CodeOfTopic(TopicNamed):
    """A code to be made of a topic."""

    name: str = Field(description=NAME)
    quotes: list[str] = Field(description="Which of the topic's quotes are coded, by their ids.")
    parent_id: Id | None = Field(None, description=PARENT)
    definition: str = Field("", description="What the code means; blank for none yet.")


class MemoChange(Sent):
    """A memo as it should be from now on."""

    revision: Whole = Field(description="The revision that was seen; 409 if it is no longer so.")
    text: str = Field(description="What to remember.")
    title: str = Field("", description="Blank for none.")
    type: MemoType = Field("note", description=MEMO_TYPE)


class _CodeTexts(Sent):
    parent_id: Id | None = Field(None, description=PARENT)
    colour: str = Field("", description=COLOUR)
    definition: str = Field("", description="What the code means.")
    include: str = Field("", description="When to use it.")
    exclude: str = Field("", description="When not to.")
    example: str = Field("", description="Words that show it.")


class NewCode(_CodeTexts):
    """A new code, last among its neighbours in the tree."""

    name: str = Field(description=NAME)


class CodeChange(_CodeTexts):
    """The fields of a code that change; those left out stay as they are."""

    revision: Whole = Field(description="The revision that was seen; 409 if it is no longer so.")
    name: str = Field("", description=NAME)
    position: Whole = Field(0, description="Its place among its neighbours.")


class CodeMove(Sent):
    """Where a code goes."""

    parent_id: Id | None = Field(description=PARENT)
    before_id: Id | None = Field(None, description="The neighbour it stands before; last if null.")
    revision: Whole | None = Field(None, description=SEEN)


class CodeMerge(Sent):
    """Which codes become one; texts left out are those of all, one after the other."""

    code_ids: list[Id] = Field(description="The codes, the one that survives among them.")
    into_id: Id = Field(description="The code that survives.")
    revisions: dict[str, Whole] = Field(
        {}, description="By the code's number, the revision that was seen; 409 if no longer so."
    )
    name: str = Field("", description="The name afterwards; the survivor's where absent.")
    definition: str = Field("", description="What the code means.")
    include: str = Field("", description="When to use it.")
    exclude: str = Field("", description="When not to.")
    example: str = Field("", description="Words that show it.")
    dry_run: bool = Field(False, description="Whether to look only; nothing is stored then.")


class CodeSplit(Sent):
    """Which codings of a code go to which other."""

    coding_ids: list[Id] = Field(description="Codings of the code itself.")
    to_id: Id | None = Field(None, description="A code that is there; null for a new one.")
    name: str = Field("", description="The new code's name.")
    nest: bool = Field(False, description="Whether the new code is nested under the one split.")
    revision: Whole | None = Field(None, description=SEEN)


class ChangeHeaders(BaseModel):
    """Headers of a change."""

    model_config = ConfigDict(json_schema_extra=plain)
    idempotency_key: str = Field(
        "",
        alias="Idempotency-Key",
        description="A new value for each change: sent again with the same change after a lost "
        "answer, it gives the first answer and makes no second change. 200 characters count.",
    )


class WrittenTurn(Sent):
    """A turn as it is to be."""

    text: str = Field(description="Its words, without the mark that names the speaker.")
    speaker: str | None = Field(
        description="The speaker's name; null for nobody named. A new name is a new participant."
    )


class NewCorrection(Sent):
    """Turns of a transcript, written anew."""

    version: Id = Field(description="The `text_version` that was read.")
    first: Id = Field(description="Position of the first turn that is written anew.")
    last: Id | None = Field(None, description="Position of the last; the first where null.")
    turns: list[WrittenTurn] = Field(min_length=1, max_length=100)
    dry_run: bool = Field(False, description="Whether to look only; nothing is stored then.")
    seen: str | None = Field(
        None, description="What the dry run answered; refused where it would do otherwise by now."
    )
