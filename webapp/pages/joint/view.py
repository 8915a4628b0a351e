"""What the joint page shows: themes by areas, the effects aligned under them, and the choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.codebook import codebook
from coding.codings import list_codings
from coding.errors import BadInput
from linkage.areas import areas, issues
from linkage.caveats import Caveat, caveats
from linkage.nudges import nudge_of

from ..effects.view import View, build_view, pick

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
TALK = {"all": "All talk", "issue": "Only talk about this issue"}
WIDTH, EDGE = 160, 8  # of a small drawing, in its own units


@dataclass(frozen=True)
class Whisker:
    """Where an effect and its interval stand on the axis that all areas share."""

    zero: float
    dot: float
    low: float
    high: float


@dataclass(frozen=True)
class JointView:
    """The joint display as the page draws it; `survey` is None while nobody has answered."""

    display: pd.DataFrame
    caveats: Sequence[Caveat]
    survey: View | None
    areas: Sequence[Row]
    issues: Sequence[Row]
    all_themes: Sequence[Row]
    theme: str
    talk: str  # one of TALK
    quoted: Mapping[int, Row]  # the codings by id, so that each quote opens its place

    @property
    def themes(self) -> list[Row]:
        return [code for code in self.all_themes if self.theme in ("", code["name"])]

    @property
    def cells(self) -> dict[tuple[int, int], Row]:
        return {(row["theme_id"], row["area_id"]): row for row in records(self.display)}

    @property
    def effects(self) -> dict[str, Row]:
        """The effects by area key, the pooled one among them."""
        if self.survey is None:
            return {}
        return {row["area"]: row for row in records(self.survey.rows)}

    @property
    def whiskers(self) -> dict[str, Whisker]:
        return place_whiskers(list(self.effects.values()))

    @property
    def nudge(self) -> str:
        return nudge_of(self.survey.contrast) if self.survey else "none"

    @property
    def coded(self) -> bool:
        return bool(self.display["speakers"].any())

    @property
    def issue_id(self) -> int | None:
        """The issue that alone is counted, so that links to quotes show the same talk."""
        key = self.survey.outcome.issue if self.survey and self.talk == "issue" else ""
        return next((row["id"] for row in self.issues if row["key"] == key), None)

    @property
    def asked(self) -> dict[str, str]:
        """The address that shows this view again."""
        told = {"theme": self.theme} if self.theme else {}
        told |= {"talk": self.talk} if self.talk != "all" else {}
        if self.survey:
            told |= {name: self.survey.asked[name] for name in ("wave", "outcome", "contrast")}
        return told


def records(frame: pd.DataFrame) -> list[Row]:
    """Return a frame's rows by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def read_view(db: Database, asked: Mapping[str, str]) -> JointView:
    """Read the joint display for the wave, outcome, contrast and theme asked for."""
    from linkage.joint import joint_display

    choice = {name: asked.get(name, "") for name in ("wave", "outcome", "contrast")}
    talk = pick("choice of talk", {key: key for key in TALK}, asked.get("talk"))
    survey = build_view(db, choice)
    if survey:
        choice = survey.asked
        place = (choice["wave"], choice["outcome"], choice["contrast"])
        display = joint_display(db, *place, within_issue=talk == "issue")
    else:
        display = joint_display(db)
    themes = [code for code in codebook(db) if not code["depth"]]
    theme = asked.get("theme", "")
    return JointView(
        display=_only(display, theme),
        caveats=caveats(db, choice["wave"] or None, display),
        survey=survey,
        areas=[row for row in areas(db) if row["key"] in set(display["area"])],
        issues=issues(db),
        all_themes=themes,
        theme=theme,
        talk=talk,
        quoted={coding["id"]: coding for coding in list_codings(db)},
    )


def _only(display: pd.DataFrame, theme: str) -> pd.DataFrame:
    if theme and theme not in set(display["theme"]):
        known = ", ".join(dict.fromkeys(display["theme"]))
        raise BadInput(f"There is no theme “{theme[:80]}”; there are: {known}.")
    return display[display["theme"] == theme] if theme else display


def place_whiskers(effects: Sequence[Row]) -> dict[str, Whisker]:
    """Place effects on one axis from the lowest to the highest end, zero always on it."""
    ends = ("estimate", "ci_low", "ci_high")
    drawn = [row for row in effects if all(isfinite(row[end]) for end in ends)]
    low = min([0.0, *(row["ci_low"] for row in drawn)])
    high = max([0.0, *(row["ci_high"] for row in drawn)])

    def x(value: float) -> float:
        return round(float(EDGE + (WIDTH - 2 * EDGE) * (value - low) / (high - low or 1)), 1)

    return {
        row["area"]: Whisker(x(0), x(row["estimate"]), x(row["ci_low"]), x(row["ci_high"]))
        for row in drawn
    }
