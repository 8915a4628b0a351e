"""Survey tables, what goes with acting, and how much time people give, from a wave's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.checks import Row
from coding.errors import BadInput

from ..areas import areas, issues, waves
from ..releasing import Shape
from ..waves import find_wave_id
from .analysed import Analysed, analysed
from .treated import treated_before

if TYPE_CHECKING:
    import pandas as pd

    from analysis.survey_tables import Sampling

NO_WEIGHT = "These answers have no weight, so there is no weighted table."
FIGURES = ("weighted_n", "estimate", "std_error", "df", "ci_low", "ci_high", "weighted_base")


def _told_apart(frame: pd.DataFrame) -> pd.DataFrame:
    """Say whom each row counts: a category's, all who answered, some, or who did not answer."""
    statistic, category = frame["statistic"], frame["category"]
    whole = statistic.isin(("mean", "median"))
    return frame.assign(
        _counted=statistic.where(~whole & (statistic != "share"), "answers"),
        _of=category.where(~whole, "answered"),
    )


TABLE = Shape(
    "survey table",
    by=("item", "group", "_counted", "_of"),
    counts=("n", "base", "missing"),
    values=FIGURES,
    totals={"group": "all", "_of": "answered"},
    dominated="dominated",
    prepare=_told_apart,
)
ACTING = replace(TABLE, what="ways of acting")
MODELS = Shape(
    "association",
    by=("issue", "condition", "level", "model", "way"),
    counts=("n", "acting_so"),
    values=("estimate", "std_error", "ci_low", "ci_high", "p_value"),
    df="df",
)
TIME = Shape(
    "time use",
    by=("issue", "area", "given", "statistic"),
    counts=("base", "gave", "missing", "left_out"),
    values=(*(name for name in FIGURES if name != "weighted_n"), "shown"),
    totals={"area": "all"},
    dominated="dominated",
)


@dataclass(frozen=True)
class Tabled:
    """A frame, the wave it is of, and what must be said beside it."""

    wave: Row
    frame: pd.DataFrame
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """A wave's answers with how they were sampled, and what their values mean."""

    wave: Row
    found: Analysed
    mapping: Any
    labels: dict[str, dict[Any, str]]
    order: list[str]

    def sampling(self, weighted: bool) -> Sampling:
        from analysis.survey_tables import Sampling

        if weighted and not self.mapping.weight:
            raise BadInput(NO_WEIGHT)
        weight = "weight" if weighted else None
        return Sampling(weight, self.mapping.strata, self.mapping.cluster)

    @property
    def has_weight(self) -> bool:
        return bool(self.mapping.weight)

    @property
    def choices(self) -> list[str]:
        """What a table can be by."""
        return ["area", "issue", "arm", *self.found.design.covariates]


def asked(db: Database, wave_key: str | None) -> Asked:
    """Read the answers of a wave, the latest with answers where none is named."""
    from analysis import responses
    from analysis.mapping_toml import parse_mapping

    wave_id = find_wave_id(db, wave_key)
    found = analysed(db, wave_id)
    stored: Any = responses.find_import(db, wave_id)
    labels = responses.value_labels(db, wave_id)
    order = [row["key"] for row in (*areas(db), *issues(db))]
    wave = next(row for row in waves(db) if row["id"] == wave_id)
    return Asked(wave, found, parse_mapping(stored["mapping"]), labels, order)


def survey_table(
    db: Database,
    wave_key: str | None = None,
    item: str | None = None,
    by: str = "area",
    weighted: bool = False,
) -> Tabled:
    """Tabulate an item (the first where none is named) by area, issue, arm or a covariate."""
    data = asked(db, wave_key)
    key = item or data.found.design.outcomes[0].key
    return tabulated(data, key, by, weighted)


def tabulated(data: Asked, item: str, by: str, weighted: bool) -> Tabled:
    """Tabulate an item of answers that are read already."""
    from analysis.survey_tables import survey_table as tabulate

    found, sampling = data.found, data.sampling(weighted)
    frame = tabulate(found.frame, found.design, item, by, sampling, data.labels, data.order)
    return Tabled(data.wave, _of_wave(frame, data), [*found.notes, *_said(data, weighted)])


def acting_shares(
    data: Asked, issue: str | None = None, by: str = "area", weighted: bool = False
) -> Tabled:
    """Tabulate who acts neither way, alone, in groups or both on an issue."""
    from analysis.question_one import ASSOCIATION, acting, acting_table

    found = acting(data.found.frame, data.found.design, _issue(data, issue))
    sampling = data.sampling(weighted)
    frame = acting_table(
        data.found.frame, data.found.design, found, by, sampling, data.order,
        data.labels.get(by, {}),
    )  # fmt: skip
    notes = [ASSOCIATION, f"Who counts: {found.population}.", *_said(data, weighted)]
    return Tabled(data.wave, _of_wave(frame, data), [*notes, *data.found.notes])


def association(
    data: Asked,
    issue: str | None = None,
    conditions: Sequence[str] | None = None,
    weighted: bool = False,
) -> Tabled:
    """Relate acting on an issue (the first that can be) to conditions, with areas held fixed."""
    from analysis.question_one import acting, associate

    frame, design = data.found.frame, data.found.design
    found = acting(frame, design, _issue(data, issue))
    told = associate(frame, design, found, conditions, data.sampling(weighted))
    return Tabled(data.wave, _of_wave(told.frame, data), [*told.notes, *data.found.notes])


def time_use(
    db: Database, wave_key: str | None = None, weighted: bool | None = None, period: str = "month"
) -> Tabled:
    """Estimate how much time untreated people give; weighted where the answers have a weight."""
    data = asked(db, wave_key)
    return time_given(db, data, data.has_weight if weighted is None else weighted, period)


def time_given(db: Database, data: Asked, weighted: bool, period: str) -> Tabled:
    """Estimate how much time untreated people give, of answers that are read already."""
    from analysis.time_use import time_use as estimate

    treated, notes = treated_before(db, data)
    frame = estimate(
        data.found.frame, data.found.design, data.sampling(weighted), treated=treated, period=period
    )
    return Tabled(data.wave, _of_wave(frame, data), [*notes, *data.found.notes])


def acting_issues(data: Asked) -> list[str]:
    """The issues on which somebody was asked of acting alone and of acting in groups."""
    from analysis.question_one.acting import issues_with_acting

    return issues_with_acting(data.found.design)


def conditions_of(data: Asked, issue: str) -> list[str]:
    """What acting on an issue can be related to."""
    from analysis.question_one import acting
    from analysis.question_one.associating import default_conditions

    found = acting(data.found.frame, data.found.design, issue)
    return default_conditions(data.found.design, issue, "asked before" not in found.population)


def _issue(data: Asked, issue: str | None) -> str:
    found = acting_issues(data)
    if issue is None and not found:
        raise BadInput(
            f"{data.wave['name']} cannot say who acts alone or together: no issue has both an item "
            "of the measure done_individually and one of done_in_groups."
        )
    return found[0] if issue is None else issue


def _of_wave(frame: pd.DataFrame, data: Asked) -> pd.DataFrame:
    frame.insert(0, "wave", data.wave["key"])
    return frame


def _said(data: Asked, weighted: bool) -> list[str]:
    if not data.has_weight:
        return []
    weight = data.found.frame["weight"]
    lost = int((~(weight > 0)).sum())
    if weighted and lost:
        return [f"{lost:,} respondents have no weight above 0 and are left out of this table."]
    return [] if weighted else ["Not weighted: shares are of those who answered."]
