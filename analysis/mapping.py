"""Which column of a survey file is what: said once, kept with the wave, used again."""

from dataclasses import dataclass, field
from typing import Any

from .design import TWO_BY_TWO_ARMS, Outcome
from .errors import BadInput, check_line
from .values import written

RESERVED = ("respondent", "area", "area_id", "arm", "arm_reported", "weight")


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
    """An outcome and how its column is turned into numbers."""

    outcome: Outcome
    missing: tuple[Any, ...] = ()
    values: dict[str, float] = field(default_factory=dict)


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
        """Strata, cluster and covariates, each once: columns that are kept as they are."""
        named = (*self.strata, *filter(None, [self.cluster]), *self.covariates)
        return tuple(dict.fromkeys(named))

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
        """What must be said of a weight as long as nothing is weighted by it."""
        return f"The weight {self.weight} is stored; effects are unweighted." if self.weight else ""

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
            *((f"the outcome “{o.outcome.key}”", o.outcome.values) for o in self.outcomes),
            *(("a covariate", name) for name in self.covariates),
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
