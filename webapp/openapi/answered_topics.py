"""What is answered about topics."""

from pydantic import Field

from .kinds import Answered, Id, Place


class TopicQuote(Answered):
    """The words of a speaker that hold most of a topic."""

    id: str = Field(description="What names it when a code is made of the topic.")
    transcript_id: Id
    transcript: str
    turn: int
    start: Place
    end: Place
    quote: str
    speaker: str | None
    area: str
    group: str


class NearCode(Answered):
    """A code of the codebook whose words a topic shares."""

    code_id: Id
    path: str
    likeness: float = Field(description="Cosine of their words, 0 to 1.")
    words: list[str]


class Topic(Answered):
    """Words that go together, how far they spread, and the best quotes of different speakers."""

    topic: int = Field(description="Its number among those found, the largest first.")
    words: list[tuple[str, float]] = Field(description="The strongest words, with weights.")
    stability: float = Field(description="How far other runs found it too, 0 to 1.")
    turns: int
    turns_total: int
    speakers: int = Field(description="Participants, counted as people.")
    speakers_total: int
    groups: int
    groups_total: int
    areas: int
    areas_total: int
    coded: int = Field(description="Turns of it that bear a code.")
    near: list[NearCode]
    quotes: list[TopicQuote]
    dismissal_id: Id | None = Field(description="Which dismissal hides it on the page.")


class Stability(Answered):
    """How far runs agree on so many topics."""

    topics: int
    stability: float


class Topics(Answered):
    """The topics found last."""

    key: str | None = Field(description="Names these topics; null where none were found yet.")
    model: str
    unit: str
    seed: int
    guided: bool
    found_at: str
    stale: str = Field(description="Why they should be found again; blank where they stand.")
    proposed: int
    curve: list[Stability]
    topics: list[Topic]
