"""Which column of a survey file is what: said once, kept with the wave, used again."""

from dataclasses import dataclass, field
from typing import Any

from .design import TWO_BY_TWO_ARMS, Outcome
from .errors import BadInput, check_line
from .values import written

RESERVED = ("respondent", "area", "area_id", "arm", "arm_reported", "weight", "group_member")


@dataclass(frozen=True)
class NudgeColumn:
    """A column that says who was given one nudge; a value in neither list is refused."""

    column: str
    given: tuple[Any, ...]
    not_given: tuple[Any, ...]


@dataclass(frozen=True)
class ArmColumn:
    """One column of labels; each arm names the labels that mean it."""

    column: str
    labels: dict[str, tuple[Any, ...]]


@dataclass(frozen=True)
class OutcomeColumn:
    """An outcome and how its column is turned into numbers.

    Parameters
    ----------
    missing : tuple
        Codes of the file that mean that there is no answer.
    values : dict
        Label or code of the file → the number that is stored.
    reverse : bool
        Whether the scale is turned round: `low` + `high` less the file's number.
    low, high : float, optional
        The least and the greatest number that an answer can be; both are needed to reverse.
    missing_labels : dict
        What codes of `missing` mean, by the code as it is written.
    labels : dict
        What codes of the file mean, where the file itself does not say.
    """

    outcome: Outcome
    missing: tuple[Any, ...] = ()
    values: dict[str, float] = field(default_factory=dict)
    reverse: bool = False
    low: float | None = None
    high: float | None = None
    missing_labels: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        where = f"The outcome “{self.outcome.key}”"
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise BadInput(f"{where} needs a low that is less than its high.")
        if self.reverse and (self.low is None or self.high is None):
            raise BadInput(f"{where} is reversed, so it needs low and high, the ends of its scale.")

    def turned(self, numbers: Any) -> Any:
        """Turn numbers of the file's scale round, and back again; as they are if not reversed."""
        if not self.reverse or self.low is None or self.high is None:
            return numbers
        return self.low + self.high - numbers


@dataclass(frozen=True)
class DerivedOutcome(OutcomeColumn):
    """An outcome that no column holds: worked out from others (see `analysis.deriving`).

    Parameters
    ----------
    rule : str
        ``sum``, ``difference`` (the first less the second), ``any`` (1 where any is more than 0)
        or ``share`` (the first of the sum of all).
    of : tuple of str
        The keys of the outcomes that it is worked out from, each above it.
    """

    rule: str = "sum"
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """The whole mapping of one survey file."""

    outcomes: tuple[OutcomeColumn, ...]
    respondent: str | None = None
    area: str | None = None
    weight: str | None = None
    strata: tuple[str, ...] = ()
    cluster: str | None = None
    nudge_a: NudgeColumn | None = None
    nudge_b: NudgeColumn | None = None
    arm: ArmColumn | None = None
    covariates: tuple[str, ...] = ()
    duration: str | None = None

    def __post_init__(self) -> None:
        columns = {o.outcome.key: o.outcome.values for o in self.outcomes}
        if len(columns) < len(self.outcomes):
            keys = [o.outcome.key for o in self.outcomes]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise BadInput(f"Two outcomes have the key “{twice}”; give each its own.")
        for name in (*columns, *self.others):
            if name in RESERVED:
                raise BadInput(f"“{name}” has a meaning of its own here; use another name for it.")
        for name in self.others:
            if columns.get(name, name) != name:
                raise BadInput(
                    f"“{name}” is the key of an outcome and another column too; "
                    "give the outcome another key."
                )

    @property
    def others(self) -> tuple[str, ...]:
        """Strata, cluster, covariates, time taken, each once: columns that are kept as they are."""
        single = filter(None, [self.cluster])
        named = (*self.strata, *single, *self.covariates, *filter(None, [self.duration]))
        return tuple(dict.fromkeys(named))

    @property
    def asked(self) -> tuple[OutcomeColumn, ...]:
        """The outcomes that a column holds."""
        return tuple(o for o in self.outcomes if not isinstance(o, DerivedOutcome))

    @property
    def derived(self) -> tuple[DerivedOutcome, ...]:
        """The outcomes that are worked out from others."""
        return tuple(o for o in self.outcomes if isinstance(o, DerivedOutcome))

    @property
    def arms(self) -> tuple[str, ...]:
        """The arms that this mapping can give, the control first."""
        if self.arm is None:
            both = self.nudge_a is not None and self.nudge_b is not None
            return TWO_BY_TWO_ARMS if both else ("none", "A" if self.nudge_a else "B")
        named = tuple(self.arm.labels)
        return TWO_BY_TWO_ARMS if set(named) == set(TWO_BY_TWO_ARMS) else named

    @property
    def weight_note(self) -> str:
        """What must be said of a weight: nothing is weighted by it unasked."""
        if not self.weight:
            return ""
        told = f"The weight {self.weight} is stored; "
        return f"{told}effects are unweighted unless weighted ones are asked for."

    def columns(self) -> list[tuple[str, str]]:
        """List every column that is mapped, with what it is mapped to."""
        single = [
            ("the respondent", self.respondent),
            ("the area", self.area),
            ("the weight", self.weight),
            ("the cluster", self.cluster),
            ("nudge A", self.nudge_a and self.nudge_a.column),
            ("nudge B", self.nudge_b and self.nudge_b.column),
            ("the arm", self.arm and self.arm.column),
            *(("a stratum", name) for name in self.strata),
            *((f"the outcome “{o.outcome.key}”", o.outcome.values) for o in self.asked),
            *(("a covariate", name) for name in self.covariates),
            ("the time taken", self.duration),
        ]
        return [(column, use) for use, column in single if column]


def check_names(mapping: Mapping) -> None:
    """Raise BadInput where a name is no line of text; a mapping stored long ago may hold such."""
    for arm in mapping.arms:
        check_line(arm, "The arm")
    for entry in mapping.outcomes:
        check_line(entry.outcome.key, "The key of an outcome")
        check_line(entry.outcome.measure, "The measure")


def plain(value: Any) -> str:
    """Write a value so that 1, 1.0, “1 ” and true are the same label, upper or lower case."""
    text = written(value).casefold()
    return {"true": "1", "false": "0"}.get(text, text)
