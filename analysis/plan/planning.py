"""What a plan says: frozen, checked once, and true from then on."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..blocks import POOLED
from ..design import SCALES, TWO_BY_TWO_ARMS, Contrast, two_by_two
from ..errors import BadInput, check_line

GROUP_MEMBERS = ("include", "exclude", "both")
# Analyses beside the differences in means that a plan may announce; all else is exploratory.
FURTHER = (
    "covariate adjustment",
    "proportional odds",
    "hours if any",
    "weighted",
    "bounds",
    "response weights",
    "individual and collective",
)


@dataclass(frozen=True)
class PlannedOutcome:
    """An outcome as planned.

    Parameters
    ----------
    key, issue, measure, scale : str
        As in `analysis.design.Outcome`.
    primary : bool
        Whether the default family holds it and the results open on it.
    low, high : float, optional
        The least and the greatest answer there can be: bounds for missing answers need both.
    sesoi : float, optional
        Smallest effect of interest, in the outcome's unit, above 0.
    winsor : float, optional
        Share of answers above which hours are cut to that quantile, such as .99.
    """

    key: str
    issue: str
    measure: str
    scale: str
    primary: bool = False
    low: float | None = None
    high: float | None = None
    sesoi: float | None = None
    winsor: float | None = None

    def __post_init__(self) -> None:
        check_line(self.key, "The key of an outcome")
        check_line(self.measure, f"The measure of “{self.key}”")
        if self.issue:
            check_line(self.issue, f"The issue of “{self.key}”")
        for name in ("low", "high", "sesoi", "winsor"):
            _finite(self, name)
        if self.scale not in SCALES:
            raise BadInput(
                f"The outcome “{self.key}” has scale “{self.scale}”; "
                f"allowed are: {', '.join(SCALES)}."
            )
        if (self.low is None) != (self.high is None):
            raise BadInput(f"Give the outcome “{self.key}” both its least and greatest answer.")
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise BadInput(f"The least answer of “{self.key}” must be below the greatest.")
        if self.sesoi is not None and not self.sesoi > 0:
            raise BadInput(f"The smallest effect of interest of “{self.key}” must be above 0.")
        if self.winsor is not None and not 0.5 < self.winsor < 1:
            raise BadInput(f"“{self.key}” can be cut at a share between .5 and 1, such as .99.")


@dataclass(frozen=True)
class PlannedFamily:
    """Effects whose errors count together: every combination of the three."""

    name: str
    contrasts: tuple[str, ...]
    outcomes: tuple[str, ...]
    areas: tuple[str, ...] = (POOLED,)

    def __post_init__(self) -> None:
        check_line(self.name, "The name of a family")
        if not (self.contrasts and self.outcomes and self.areas):
            raise BadInput(
                f"The family “{self.name}” needs a contrast, an outcome and an area (or pooled)."
            )


@dataclass(frozen=True)
class Exclusion:
    """Respondents left out: those whose answer in a column is one of the values."""

    column: str
    values: tuple[str, ...]
    reason: str = ""

    def __post_init__(self) -> None:
        check_line(self.column, "The column of an exclusion")
        if not self.values:
            raise BadInput(f"Say which values of “{self.column}” leave a respondent out.")
        for value in self.values:
            check_line(value, f"A value of “{self.column}”")


@dataclass(frozen=True)
class Plan:
    """One wave's plan.

    Parameters
    ----------
    arms : sequence of str
        The control first.
    areas, issues : sequence of str
        Keys of the study.
    outcomes : sequence of PlannedOutcome
    primary_contrast : str
    contrasts : sequence of str
        All that are planned, the primary one among them.
    families : sequence of PlannedFamily
        Empty: the primary contrast over the primary outcomes, pooled over areas.
    covariates, subgroups : sequence of str
        Columns asked before the nudge: to adjust for, and whose values make planned subgroups.
    exclusions : sequence of Exclusion
    group_members : {'include', 'exclude', 'both'}
        What happens to respondents who sat in a focus group.
    further : sequence of str
        Analyses of `FURTHER` that are planned.
    draws, seed : int
        Of randomisation inference.
    notes : str
        In people's own words: hypotheses, stopping rule, what else a reader must know.
    """

    arms: Sequence[str]
    areas: Sequence[str]
    issues: Sequence[str]
    outcomes: Sequence[PlannedOutcome]
    primary_contrast: str
    contrasts: Sequence[str]
    families: Sequence[PlannedFamily] = ()
    covariates: Sequence[str] = ()
    subgroups: Sequence[str] = ()
    exclusions: Sequence[Exclusion] = ()
    group_members: str = "include"
    further: Sequence[str] = ()
    draws: int = 10_000
    seed: int = 0
    notes: str = ""

    def __post_init__(self) -> None:
        for name, value in vars(self).copy().items():
            if isinstance(value, list | tuple):
                object.__setattr__(self, name, tuple(value))
        _check_arms(self.arms)
        for what in ("areas", "issues", "covariates", "subgroups"):
            for name in getattr(self, what):
                check_line(name, f"A name among the {what}")
        _each_once(self.areas, "area")
        _each_once([o.key for o in self.outcomes], "outcome")
        _names_once(self)
        _among(self.contrasts, [c.name for c in contrasts_of(self.arms)], "contrast")
        _among([self.primary_contrast], self.contrasts, "planned contrast")
        keys = [o.key for o in self.outcomes]
        for family in self.families:
            _among(family.contrasts, self.contrasts, "planned contrast")
            _among(family.outcomes, keys, "planned outcome")
            _among(family.areas, [POOLED, *self.areas], "planned area")
        _among(self.further, FURTHER, "further analysis")
        _among([self.group_members], GROUP_MEMBERS, "choice for members of focus groups")
        if not 0 <= self.draws <= 1_000_000 or not 0 <= self.seed < 2**63:
            raise BadInput("Draws are 0 to 1,000,000, the seed a whole number from 0.")

    @property
    def primary_outcomes(self) -> tuple[str, ...]:
        return tuple(o.key for o in self.outcomes if o.primary)

    def outcome(self, key: str) -> PlannedOutcome | None:
        """Return the planned outcome of that key, or None."""
        return next((o for o in self.outcomes if o.key == key), None)


def contrasts_of(arms: Sequence[str]) -> list[Contrast]:
    """The contrasts there are with these arms, as `Design.contrasts` names them."""
    if tuple(arms) == TWO_BY_TWO_ARMS:
        return two_by_two()
    control, *others = arms
    return [
        Contrast(f"{arm} vs {control}", (-1.0, *(float(other == arm) for other in others)))
        for arm in others
    ]


def _check_arms(arms: Sequence[str]) -> None:
    if len(arms) < 2 or len(set(arms)) != len(arms):
        raise BadInput("A plan needs two or more different arms, the control first.")
    for arm in arms:
        check_line(arm, "An arm")


def _names_once(plan: Plan) -> None:
    listed = [(what, getattr(plan, what)) for what in ("issues", "contrasts", "covariates",
                                                       "subgroups", "further")]  # fmt: skip
    listed.append(("families", [family.name for family in plan.families]))
    for what, names in listed:
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise BadInput(f"“{twice}” stands twice among the {what} of the plan.")


def _finite(outcome: PlannedOutcome, name: str) -> None:
    """Hold a number as a float: 5 and 5.0 are one plan, with one hash."""
    value = getattr(outcome, name)
    if value is None:
        return
    if not math.isfinite(value):
        raise BadInput(f"“{name}” of the outcome “{outcome.key}” must be a finite number.")
    object.__setattr__(outcome, name, float(value))


def _each_once(names: Iterable[str], what: str) -> None:
    names = list(names)
    for name in names:
        if names.count(name) > 1:
            raise BadInput(f"The plan names the {what} “{name}” twice.")
    if not names:
        raise BadInput(f"The plan needs at least one {what}.")


def _among(names: Iterable[str], known: Iterable[str], what: str) -> None:
    known = list(known)
    for name in names:
        if name not in known:
            there = ", ".join(known) or "none"
            raise BadInput(f"The plan names no {what} there is: “{name}”; there are: {there}.")
