"""What was randomised and what was asked: frozen, checked once, and true from then on."""

from collections.abc import Sequence
from dataclasses import dataclass

from .errors import BadInput

SCALES = ("binary", "ordinal", "count", "hours", "continuous")
ASKED = ("before", "after")
REFERS_TO = ("past", "present", "future")
TWO_BY_TWO_ARMS = ("none", "A", "B", "A+B")


@dataclass(frozen=True)
class Outcome:
    """A survey measure of one issue.

    Parameters
    ----------
    key : str
        Its name in every table.
    issue : str
        The issue it asks about; "" where it asks about none.
    measure : str
        What it measures, such as ``hours_willing_with_others``.
    scale : str
        One of `SCALES`.
    column : str, optional
        The frame's column of values; the key where absent.
    asked, refers_to : str
        When it was asked (before or after the nudge) and what it refers to.
    """

    key: str
    issue: str
    measure: str
    scale: str
    column: str | None = None
    asked: str = "after"
    refers_to: str = "present"

    def __post_init__(self) -> None:
        for name, allowed in (("scale", SCALES), ("asked", ASKED), ("refers_to", REFERS_TO)):
            value = getattr(self, name)
            if value not in allowed:
                raise BadInput(
                    f"The outcome “{self.key}” has {name} “{value}”; "
                    f"allowed are: {', '.join(allowed)}."
                )

    @property
    def values(self) -> str:
        """The column that holds its values."""
        return self.column or self.key

    @property
    def can_respond(self) -> bool:
        """Whether a nudge can have changed it: nothing asked or done before it can."""
        return self.asked == "after" and self.refers_to != "past"


@dataclass(frozen=True)
class Contrast:
    """A comparison of arms: one weight an arm, in the design's order, adding to zero."""

    name: str
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        if abs(sum(self.weights)) > 1e-9 or not any(self.weights):
            raise BadInput(
                f"The weights of the contrast “{self.name}” must add to zero, and not all be zero."
            )


@dataclass(frozen=True)
class Design:
    """Which columns of the frame hold area and arm, and which outcomes were asked.

    Parameters
    ----------
    area, arm : str
        Columns of area labels and arm labels; the frame has one row a respondent.
    outcomes : sequence of Outcome
    wave, cluster, weight : str, optional
        Columns of the wave, the cluster and the survey weight.
    strata : sequence of str
        Columns that, with the area, make the blocks of the allocation.
    covariates : sequence of str
        Columns asked before the nudge.
    arms : sequence of str
        Every arm, the control first.
    """

    area: str
    arm: str
    outcomes: Sequence[Outcome]
    wave: str | None = None
    strata: Sequence[str] = ()
    cluster: str | None = None
    weight: str | None = None
    covariates: Sequence[str] = ()
    arms: Sequence[str] = TWO_BY_TWO_ARMS

    def __post_init__(self) -> None:
        for name in ("outcomes", "strata", "covariates", "arms"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if len(self.arms) < 2 or len(set(self.arms)) != len(self.arms):
            raise BadInput("A design needs two or more different arms, the control first.")
        keys = [outcome.key for outcome in self.outcomes]
        repeated = sorted({key for key in keys if keys.count(key) > 1})
        if repeated:
            raise BadInput(f"The outcome “{repeated[0]}” is named twice; give each its own key.")

    def contrasts(self) -> list[Contrast]:
        """The 2x2 preset where its four arms are used, else each arm against the control."""
        if tuple(self.arms) == TWO_BY_TWO_ARMS:
            return two_by_two()
        control, *others = self.arms
        return [
            Contrast(
                f"{arm} vs {control}",
                (-1.0, *(1.0 if other == arm else 0.0 for other in others)),
            )
            for arm in others
        ]


def two_by_two() -> list[Contrast]:
    """The contrasts of none, A, B, A+B, in the order of the study's methods.

    `A alone` and `B alone` compare with no nudge; the averaged ones are the factorial's main
    effects (Muralidharan, Romero and Wüthrich 2025 on why the two differ).
    """
    return [
        Contrast("A alone", (-1, 1, 0, 0)),
        Contrast("B alone", (-1, 0, 1, 0)),
        Contrast("A x B interaction", (1, -1, -1, 1)),
        Contrast("A and B together", (-1, 0, 0, 1)),
        Contrast("A, given B", (0, 0, -1, 1)),
        Contrast("B, given A", (0, -1, 0, 1)),
        Contrast("A rather than B", (0, 1, -1, 0)),
        Contrast("A, averaged over B", (-0.5, 0.5, -0.5, 0.5)),
        Contrast("B, averaged over A", (-0.5, -0.5, 0.5, 0.5)),
    ]
