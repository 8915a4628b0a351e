"""How far a theme reaches, always with the denominator it is a share of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.codebook import codebook
from coding.codings import list_codings
from coding.errors import BadInput
from coding.groups import list_groups
from coding.queries import coded_turns, spoken_turns
from coding.speakers import list_speakers

from .areas import areas, issues

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
COUNTS = ("groups", "speakers", "turns", "words")
NOBODY = 0  # stands for talk without an issue, or without a known speaker


def prevalence(
    db: Database, by: str = "area", phase: str | None = "source", issue_id: int | None = None
) -> pd.DataFrame:
    """Count, for every theme and value of `by`, what of the talk the theme touches.

    A theme is a code at the top of the codebook together with all codes nested under it. Only
    what participants say counts, above the line and below it: the moderator's turns never, turns
    without a word never; turns of an unknown speaker count as turns and words, not as speakers. A
    person who came to several groups counts once.

    Parameters
    ----------
    db : Database
    by : {'area', 'issue', 'speaker', 'group'}
        A turn's issue is its own or else its transcript's; talk without one is “no issue”.
    phase : {'source', 'test', None}
        Which focus groups; None for all.
    issue_id : int, optional
        Only talk about this issue, in counts and totals alike.

    Returns
    -------
    DataFrame
        A row per theme and value that has any talk, zeros included: `theme`, the `by` column,
        `groups` and `speakers` heard on the theme, `turns` a coding of it touches (once, however
        often coded), `words` inside its codings (once, where codings overlap; a word counts when
        any of its letters is coded), each with its `_total`; `codings` that touch such talk; then
        `theme_id`, the id of the `by` value, its name, for groups and speakers where they sat, and
        `turns_coded`, how many of `turns_total` bear a code of any theme: with none, the talk is
        not coded yet and the zeros are no finding.

    Raises
    ------
    BadInput
        Where `by` is none of the four.
    """
    import pandas as pd

    if by not in _VALUES:
        raise BadInput(f"Prevalence cannot be by “{by[:40]}”; choose {', '.join(_VALUES)}.")
    themes = pd.DataFrame(
        [{"theme_id": c["id"], "theme": c["name"]} for c in codebook(db) if not c["depth"]],
        columns=["theme_id", "theme"],
    )
    turns = _turns(db, by, phase, issue_id)
    totals = turns.groupby("value").agg(**_TOTALS).add_suffix("_total")
    values = pd.DataFrame(_VALUES[by](db), columns=["value", by, *_NAMES[by]])
    frame = themes.merge(values[values["value"].isin(totals.index)], how="cross")
    frame = frame.merge(totals, left_on="value", right_index=True, how="left")
    pairs = _coded_pairs(db, phase)
    frame["turns_coded"] = frame["value"].map(_turns_coded(turns, pairs)).astype("int64")
    touched = _touched(db, turns, pairs)
    frame = frame.merge(touched, on=["theme_id", "value"], how="left", sort=False)
    counted = [*COUNTS, "codings"]
    frame[counted] = frame[counted].fillna(0).astype("int64")
    shares = [column for name in COUNTS for column in (name, f"{name}_total")]
    frame = frame.rename(columns={"value": f"{by}_id"})
    more = ["codings", "theme_id", f"{by}_id", *_NAMES[by], "turns_coded"]
    return frame[["theme", by, *shares, *more]]


_TOTALS: dict[str, Any] = {
    "groups": ("focus_group_id", "nunique"),
    "speakers": ("person", "nunique"),
    "turns": ("turn_id", "nunique"),
    "words": ("words", "sum"),
}
_ID = {
    "area": "area_id",
    "issue": "issue_id",
    "speaker": "speaker_id",
    "group": "focus_group_id",
}
_TURN = ["turn_id", "transcript_id", "speech_start", "end", "words", "person", *_ID.values()]


def _turns(db: Database, by: str, phase: str | None, issue_id: int | None) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {**row, "turn_id": row["id"]}
        for row in spoken_turns(db, phase)
        if row["role"] != "moderator" and row["words"] and issue_id in (None, row["issue_id"])
    ]
    turns = pd.DataFrame(rows, columns=_TURN)
    turns["value"] = pd.to_numeric(turns[_ID[by]]).fillna(NOBODY).astype("int64")
    return turns


def _coded_pairs(db: Database, phase: str | None) -> pd.DataFrame:
    import pandas as pd

    columns = ["coding_id", "theme_id", "turn_id"]
    return pd.DataFrame(coded_turns(db, phase), columns=columns).astype("int64")


def _turns_coded(turns: pd.DataFrame, pairs: pd.DataFrame) -> dict[int, int]:
    coded = turns[turns["turn_id"].isin(pairs["turn_id"])]
    counts = coded["value"].value_counts().to_dict()
    return {int(value): int(counts.get(value, 0)) for value in turns["value"].unique()}


def _touched(db: Database, turns: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    from .spoken_words import count_coded_words

    found = pairs.merge(turns, on="turn_id").groupby(["theme_id", "value"])
    aims = {name: how for name, how in _TOTALS.items() if name != "words"}
    counts = found.agg(**aims, codings=("coding_id", "nunique"))
    codings = pd.DataFrame(
        list_codings(db), columns=["id", "transcript_id", "theme_id", "start", "end"]
    )
    codings = codings[codings["id"].isin(pairs["coding_id"])]
    words = count_coded_words(db, turns, codings)
    joined: pd.DataFrame = counts.reset_index().merge(words, on=["theme_id", "value"], how="left")
    return joined


def _groups(db: Database) -> list[tuple[Any, ...]]:
    return [(row["id"], row["name"], row["area"]) for row in list_groups(db)]


def _speakers(db: Database) -> list[tuple[Any, ...]]:
    people = [(r["id"], r["name"], r["group"], r["area"]) for r in list_speakers(db)]
    return [*people, (NOBODY, "unattributed", "", "")]


def _areas(db: Database) -> list[tuple[Any, ...]]:
    return [(row["id"], row["key"], row["name"]) for row in areas(db)]


def _issues(db: Database) -> list[tuple[Any, ...]]:
    known = [(row["id"], row["key"], row["name"]) for row in issues(db)]
    return [*known, (NOBODY, "no issue", "No issue")]


_VALUES: dict[str, Callable[[Database], list[tuple[Any, ...]]]] = {
    "area": _areas,
    "issue": _issues,
    "speaker": _speakers,
    "group": _groups,
}
_NAMES = {
    "area": ["area_name"],
    "issue": ["issue_name"],
    "speaker": ["group", "area"],
    "group": ["area"],
}
