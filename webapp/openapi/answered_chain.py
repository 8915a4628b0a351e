"""What is answered about stories, messages and the survey, and where they meet the words."""

from typing import Literal

from pydantic import Field

from .kinds import Answered, Id, Place


class Quote(Answered):
    """Words of a transcript, with who said them where."""

    id: Id
    story_id: Id
    transcript_id: Id
    transcript: str
    start: Place
    end: Place
    quote: str
    area_id: Id
    area_name: str
    group: str
    phase: Literal["source", "test"]
    held_on: str | None
    turn_ids: list[Id]
    speakers: list[str]
    consent: bool | None = Field(
        description="May messages use it? As the least willing speaker says; null if not asked."
    )


class Story(Answered):
    """A story of local co-production with the quotes that tell it."""

    id: Id
    title: str
    area: str
    area_id: Id
    area_name: str
    issue: str
    issue_id: Id
    issue_name: str
    summary: str
    actors: str
    place: str
    what_changed: str
    happened: str
    framing: Literal["individual", "group"]
    coder: str
    revision: int
    created_at: str
    quotes: list[Quote]
    messages: list[Id] = Field(description="The messages that rest on it.")


class Evidence(Quote):
    """A quote behind a sentence."""

    story: str


class Sentence(Answered):
    """A sentence of a message."""

    id: Id
    text: str
    evidence: list[Evidence]


class Figure(Answered):
    """A figure of time that a message rests on."""

    id: Id
    kind: Literal["answers", "external"]
    wave: str | None = Field(description="Of the answers; null of a cited source.")
    area: str | None = Field(description="Null for all areas together.")
    issue: str | None
    given: str
    statistic: str
    value: float = Field(description="Hours; a share for “any”.")
    ci_low: float | None
    ci_high: float | None
    base: int | None
    weighted: bool
    period: str
    shown: str
    rounding: str
    population: str
    source: str
    outdated: bool = Field(description="Were the answers replaced since?")


class Message(Answered):
    """A message as its latest version says it."""

    id: Id
    nudge: Literal["A", "B"]
    wave: str
    area: str
    area_name: str
    issue: str
    issue_name: str
    state: str
    version: int | None = Field(description="Null before the first text.")
    written_at: str | None
    coder: str | None
    text: str
    words: int
    sentences: list[Sentence]
    figures: list[Figure] = Field(description="Of time, behind a Nudge B message.")
    without_evidence: int = Field(description="Sentences without a quote behind them.")
    shown: bool = Field(description="Does an allocated wave show this version?")


class PrevalenceRow(Answered):
    """How far a theme reaches; the column asked for names the area, issue or speaker."""

    theme: str
    theme_id: Id
    groups: int
    groups_total: int
    speakers: int
    speakers_total: int
    turns: int
    turns_total: int
    words: int
    words_total: int
    codings: int


class Prevalence(Answered):
    """Prevalence of every theme, each count with the total it is a share of."""

    by: Literal["area", "issue", "speaker"]
    prevalence: list[PrevalenceRow]


class JointRow(Answered):
    """A theme's prevalence beside the effect in the same area; null where there is none."""

    theme: str
    area: str
    issue: str
    prevalence: float | None = Field(description="The share of `denominator` heard on the theme.")
    denominator: int
    quote: str
    outcome: str
    contrast: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    speakers: int | None = Field(description="Null where nothing of the area is coded yet.")
    groups: int | None
    groups_total: int
    n: int | None = Field(description="Respondents of the arms that the contrast compares.")
    p_value: float | None
    coding_id: Id | None = Field(description="The coding of the quote.")
    note: str
    theme_id: int
    area_id: Id
    area_name: str


class Joint(Answered):
    """The joint display with what must be said beside it."""

    caveats: list[str]
    joint: list[JointRow]


class AgreementRow(Answered):
    """A code's figure with what it rests on; without `code_id`, of the codes together."""

    code: str
    theme: str | None
    code_id: Id | None
    transcripts: int
    units: int = Field(description="That two or more coders looked at.")
    codings: int | None
    prevalence: float | None = Field(description="Mean share of units that coders gave the code.")
    percent: float | None = Field(description="Share of pairs of coders who agree on a unit.")
    shared: float | None = Field(description="Of coded units, the share another coder coded too.")
    coefficient: str
    estimate: float | None = Field(description="Null where coders do not vary.")
    ci_low: float | None
    ci_high: float | None


class Agreement(Answered):
    """Agreement per code and overall; intervals are a bootstrap over transcripts."""

    unit: str
    coefficient: str
    by: str
    coders: list[str]
    transcripts: list[Id] = Field(description="That two or more of the coders finished.")
    caveats: list[str]
    agreement: list[AgreementRow]


class AgreedPassage(Answered):
    """A code on a passage, as coders agree or as was decided where they differ."""

    transcript: str
    transcript_id: Id
    code: str
    code_id: Id
    theme: str
    start: Place
    end: Place
    quote: str
    basis: Literal["agreed", "decided"]
    decided_by: str | None


class Merged(Answered):
    """What merging codes did, or would do."""

    done: bool = Field(description="False where it was only looked at.")
    into_id: Id
    gone: list[Id] = Field(description="The codes that go.")
    codings_moved: int
    codings_joined: int = Field(description="On the very same words by one coder; one stays.")
    memos_moved: int
    nested: list[Id] = Field(description="Codes that are nested under the survivor from then on.")
