"""What was decided of an outcome beforehand, and the one case that is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from ..blocks import check_columns
from ..design import Contrast, Design, Outcome
from ..errors import BadInput

GROUP_MEMBER = "group_member"


@dataclass(frozen=True)
class Rules:
    """What the plan or the mapping says of an outcome; what it does not say is not made up.

    Parameters
    ----------
    limits : (least, greatest), optional
        The answers there can be: Manski's bounds need them. Of a binary outcome they are 0 and 1.
    winsor : float, optional
        The quantile at which hours are cut, such as .99.
    covariates : sequence of str, optional
        To adjust for and to predict answering by; None: all of the design's.
    exclude_members : bool
        Whether respondents who sat in a focus group are left out of everything but the row that
        is about them.
    silent : sequence of (area, arm, each stratum of the design, people), optional
        Who was allocated and is in no row: bounds take their answers as missing. None where it
        is not known whom the allocation held.
    """

    limits: tuple[float, float] | None = None
    winsor: float | None = None
    covariates: Sequence[str] | None = None
    exclude_members: bool = False
    silent: tuple[tuple[Any, ...], ...] | None = None

    @property
    def silent_people(self) -> int:
        """How many were allocated and are in no row."""
        return sum(row[-1] for row in self.silent or ())


@dataclass(frozen=True)
class Case:
    """One contrast of one outcome; `frame` is without those whom the rules leave out."""

    whole: pd.DataFrame
    frame: pd.DataFrame
    design: Design
    contrast: Contrast
    rules: Rules

    @property
    def outcome(self) -> Outcome:
        return self.design.outcomes[0]

    @property
    def limits(self) -> tuple[float, float] | None:
        """The declared range; a binary outcome's is known."""
        if self.rules.limits is None and self.outcome.scale == "binary":
            return 0.0, 1.0
        return self.rules.limits

    @property
    def everybody(self) -> pd.DataFrame:
        """The frame, and a row without answers for each who was allocated and is in none."""
        if not self.rules.silent:
            return self.frame
        design = self.design
        names = [design.area, design.arm, *design.strata, "people"]
        silent = pd.DataFrame(list(self.rules.silent), columns=names)
        silent = silent.loc[silent.index.repeat(silent.pop("people"))]
        return pd.concat([self.frame, silent], ignore_index=True)

    @property
    def covariates(self) -> tuple[str, ...]:
        named = self.rules.covariates
        return tuple(self.design.covariates if named is None else named)


def case_of(
    frame: pd.DataFrame, design: Design, outcome: str, contrast: Contrast, rules: Rules
) -> Case:
    """Choose an outcome by its key; raises BadInput where there is none of it."""
    known = {o.key: o for o in design.outcomes}
    if outcome not in known:
        raise BadInput(f"There is no outcome “{outcome}”; there are: {', '.join(known)}.")
    one = replace(design, outcomes=[known[outcome]])
    kept = frame[~members_of(frame)] if rules.exclude_members else frame
    return Case(frame, kept.reset_index(drop=True), one, contrast, rules)


def members_of(frame: pd.DataFrame) -> "pd.Series[Any]":
    """Mark who sat in a focus group; nobody where that is not known."""
    if GROUP_MEMBER not in frame.columns:
        return pd.Series(False, index=frame.index)
    return frame[GROUP_MEMBER].fillna(False).astype(bool)


def as_numbers(frame: pd.DataFrame, names: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return a frame with covariates as numbers, and the columns that stand for them.

    Numbers stay; of text, each value but the most frequent one becomes a column of 0 and 1, blank
    where the text is.

    Raises
    ------
    BadInput
        There are none, or one is not a column of the frame.
    """
    if not names:
        raise BadInput("no covariates are named")
    check_columns(frame, names)
    added: dict[str, Any] = {}
    columns: list[str] = []
    for name in dict.fromkeys(names):
        values = frame[name]
        if pd.api.types.is_numeric_dtype(values):
            columns.append(name)
            continue
        for level in list(values.value_counts().sort_index(kind="stable").sort_values(
            ascending=False, kind="stable").index)[1:]:  # fmt: skip
            column = f"{name}: {level}"
            added[column] = (values == level).astype(float).where(values.notna())
            columns.append(column)
    return frame.assign(**added), columns
