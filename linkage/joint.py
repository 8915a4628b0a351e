"""The joint display: each theme's prevalence beside each area's effect, joined by area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database

from coding.codebook import codebook

from .areas import areas, find_issue
from .exemplars import choose_quotes
from .prevalence import prevalence
from .survey import one_effect

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "theme", "area", "issue", "prevalence", "denominator", "quote", "outcome", "contrast",
    "estimate", "ci_low", "ci_high", "speakers", "groups", "groups_total", "n", "p_value",
    "coding_id", "note", "theme_id", "area_id", "area_name", "turns", "turns_coded", "talk",
]  # fmt: skip
HEARD = ["speakers", "groups"]
PLACE = ["denominator", "groups_total", "turns", "turns_coded"]
ALL_TALK = "all"
NOT_CODED = "not coded yet"


def joint_display(
    db: Database,
    wave: str | None = None,
    outcome: str | None = None,
    contrast: str | None = None,
    within_issue: bool = False,
) -> pd.DataFrame:
    """Set every theme's prevalence beside the effect in the same area.

    The people of the focus groups are not the respondents, so the two meet by area, never by
    person; talk is that of groups held before the survey.

    Parameters
    ----------
    wave : str, optional
        Its key; the latest with answers where absent.
    outcome, contrast : str, optional
        The first of the wave's design where absent.
    within_issue : bool
        Count only talk about the outcome's issue, where it has one.

    Returns
    -------
    DataFrame
        A row per theme and area that has talk or an effect. `prevalence` is the share of
        `denominator` participants who were heard on the theme (`speakers`); `quote`, that of
        `coding_id`, is chosen by the rule of `choose_quotes`; `n` counts the respondents of the
        arms that the contrast compares; `turns_coded` of the area's `turns` bear a code, and where
        none does, prevalence, speakers and groups are missing and the `note` says so; `talk` is
        the key of the issue that alone was counted, or “all”. Where talk or effect is missing its
        columns are, too; without a codebook the theme is blank.

    Raises
    ------
    BadInput
        Where wave, outcome or contrast is unknown.
    """
    facts, found = one_effect(db, wave, outcome, contrast)
    issue_id = find_issue(db, facts["issue"])["id"] if within_issue and facts["issue"] else None
    names = {"speakers_total": "denominator", "turns": "turns_on_theme", "turns_total": "turns"}
    talk = prevalence(db, issue_id=issue_id).rename(columns=names)
    frame = _places(db, {*talk["area"], *found["area"]})
    frame = frame.merge(_denominators(talk), on="area_id", how="left")
    shares = talk[["theme_id", "area_id", *HEARD]]
    for more, keys in (
        (shares, ["theme_id", "area_id"]),
        (choose_quotes(db, issue_id), ["theme_id", "area_id"]),
        (found, ["area"]),
    ):
        frame = frame.merge(more, on=keys, how="left")
    frame[PLACE] = frame[PLACE].fillna(0).astype("int64")
    frame[["quote", "note"]] = frame[["quote", "note"]].astype(object).fillna("")
    frame = _with_shares(frame)
    whole = ["coding_id", "n", *HEARD]
    frame[whole] = frame[whole].astype("Int64")
    return frame.assign(**facts, talk=facts["issue"] if issue_id else ALL_TALK)[COLUMNS]


def _with_shares(frame: pd.DataFrame) -> pd.DataFrame:
    """Add prevalence; an area whose talk bears no code has none, which is not the same as zero."""
    uncoded = (frame["turns"] > 0) & (frame["turns_coded"] == 0)
    frame[HEARD] = frame[HEARD].fillna(0).mask(uncoded)
    frame["prevalence"] = frame["speakers"] / frame["denominator"].where(frame["denominator"] > 0)
    said = [NOT_CODED + (f"; {note}" if note else "") for note in frame["note"]]
    frame["note"] = frame["note"].mask(uncoded, said)
    return frame


def _places(db: Database, keys: set[str]) -> pd.DataFrame:
    """Return every theme, in the codebook's order, with every area of `keys`, in the study's."""
    import pandas as pd

    themes = [(code["id"], code["name"]) for code in codebook(db) if not code["depth"]]
    places = [(row["id"], row["key"], row["name"]) for row in areas(db) if row["key"] in keys]
    return pd.DataFrame(
        [(*theme, *place) for theme in themes or [(0, "")] for place in places],
        columns=["theme_id", "theme", "area_id", "area", "area_name"],
    ).astype({"theme_id": "int64", "area_id": "int64"})


def _denominators(talk: pd.DataFrame) -> pd.DataFrame:
    totals: pd.DataFrame = talk[["area_id", *PLACE]].drop_duplicates("area_id")
    return totals
