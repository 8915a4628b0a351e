"""Codes by area, issue, group or attribute: people and groups heard, of how many."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd
from sqlite_utils import Database

from ..errors import BadInput
from .corpus import NOBODY, Corpus, load_corpus
from .levels import LEVELS, at_level

BY = ("area", "issue", "group", "attribute")
COUNTS = ("speakers", "groups", "turns", "codings")
NO_VALUE = "not recorded"
REFUSED = {
    "codings": "quotes of one person are not independent of each other",
    "turns": "turns of one person are not independent of each other",
    "groups": "groups are few, and every group has all of its codes from the same few people",
}


def code_table(
    db: Database,
    by: str = "area",
    *,
    attribute: str = "",
    level: str = "theme",
    phase: str | None = "source",
    coder_id: int | None = None,
    names: Mapping[int, str] | None = None,
) -> pd.DataFrame:
    """Count, for every code and value of `by`, who speaks of it, of all who speak there.

    Parameters
    ----------
    db : Database
    by : {'area', 'issue', 'group', 'attribute'}
        A turn's issue is its own or else its transcript's. `attribute` is the name of what is
        recorded of speakers; whoever has none of it is “not recorded”.
    level : {'theme', 'code'}
    phase, coder_id
        As `load_corpus` takes them.
    names : mapping, optional
        What to call areas or issues, by id; only these, and in this order.

    Returns
    -------
    DataFrame
        A row a code and value that has any talk, zeros included: `code, value, speakers,
        speakers_total` (participants), `groups, groups_total, turns, turns_total` (anyone's but
        the moderator's, with words), `codings` that touch such turns, then `code_id, value_id`.
        Its `attrs` hold the speakers, groups and codings over all values.

    Raises
    ------
    BadInput
        Where `by` or level is unknown, or no attribute is named.
    """
    _check(by, attribute, level)
    corpus = load_corpus(db, phase=phase, coder_id=coder_id)
    values, names = _values(db, corpus, by, attribute, names)
    turns = corpus.turns.assign(value_id=values)[corpus.turns["heard"]]
    codes = at_level(corpus, level)
    pairs = corpus.pairs()
    pairs["code_id"] = corpus.codings[f"{level}_id"].to_numpy()[pairs["coding"]]
    heard = pairs.merge(turns, left_on="turn", right_index=True)
    totals = _counts(turns, ["value_id"]).add_suffix("_total")
    found = _counts(heard, ["code_id", "value_id"])
    found["codings"] = heard.groupby(["code_id", "value_id"])["coding"].nunique()
    frame = codes[["code_id", "name"]].rename(columns={"name": "code"})
    known = pd.DataFrame({"value_id": list(names), "value": list(names.values())})
    frame = frame.merge(known[known["value_id"].isin(totals.index)], how="cross")
    frame = frame.merge(totals, left_on="value_id", right_index=True, how="left")
    frame = frame.merge(found, left_on=["code_id", "value_id"], right_index=True, how="left")
    shares = [part for name in COUNTS[:3] for part in (name, f"{name}_total")]
    numbers = [*shares, "codings"]
    frame[numbers] = frame[numbers].fillna(0).astype("int64")
    frame = frame[["code", "value", *numbers, "code_id", "value_id"]]
    people: dict[Hashable, int] = {"speakers": corpus.speakers, "groups": corpus.groups}
    frame.attrs = {**people, "codings": len(corpus.codings)}
    return frame


def _check(by: str, attribute: str, level: str) -> None:
    if by not in BY:
        raise BadInput(f"A table is by {', '.join(BY)}, not “{by[:40]}”.")
    if by == "attribute" and not attribute:
        raise BadInput("Say which attribute of the speakers the table is by.")
    if level not in LEVELS:
        raise BadInput(f"The level is {' or '.join(LEVELS)}, not “{level[:40]}”.")


def _values(
    db: Database, corpus: Corpus, by: str, attribute: str, names: Mapping[int, str] | None
) -> tuple[pd.Series, Mapping[int, str]]:
    """Return the number of each turn's value, and what the numbers are called."""
    if by == "attribute":
        recorded = dict(db.execute(ATTRIBUTE, [attribute]).fetchall())
        if not recorded:
            known = ", ".join(attribute_names(db)) or "none yet"
            raise BadInput(f"No speaker has “{attribute[:80]}” recorded; there is: {known}.")
        levels = sorted(set(recorded.values()), key=_as_people_sort)
        of_speaker = {speaker: levels.index(level) + 1 for speaker, level in recorded.items()}
        values = corpus.turns["speaker_id"].map(of_speaker).fillna(NOBODY).astype("int64")
        return values, {**dict(enumerate(levels, 1)), NOBODY: NO_VALUE}
    if by == "group":
        return corpus.turns["focus_group_id"], dict(db.execute(GROUPS).fetchall())
    values = corpus.turns[f"{by}_id"]
    if names is None:
        names = {int(value): str(value) for value in sorted(set(values))}
    return values, {**names, NOBODY: "no issue"} if by == "issue" else names


def attribute_names(db: Database) -> list[str]:
    """List the names of what is recorded about speakers."""
    return [row[0] for row in db.execute(NAMES).fetchall()]


def attribute_levels(db: Database) -> list[tuple[str, str]]:
    """List each attribute with each value it has."""
    rows = db.execute("SELECT DISTINCT name, value FROM speaker_attribute").fetchall()
    return sorted(rows, key=lambda row: (row[0].casefold(), *_as_people_sort(row[1])))


NAMES = "SELECT DISTINCT name FROM speaker_attribute ORDER BY name"
ATTRIBUTE = "SELECT speaker_id, value FROM speaker_attribute WHERE name = ?"
GROUPS = "SELECT id, name FROM focus_group ORDER BY area_id, name"


def _as_people_sort(value: str) -> tuple[float, str]:
    """Sort “9” before “10”, and “18–24” before “25–34”."""
    digits = "".join(value.split()).lstrip("<>≤≥+")
    number = "".join(c for c in digits.split("–")[0].split("-")[0] if c.isdecimal())
    return (float(number) if number else np.inf, value.casefold())


def _counts(turns: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    people = turns[turns["participant"]].groupby(keys)["speaker_id"].nunique()
    found = turns.groupby(keys).agg(groups=("focus_group_id", "nunique"), turns=("id", "nunique"))
    found.insert(0, "speakers", people.reindex(found.index).fillna(0))
    return found


def compare_people(frame: pd.DataFrame, by: str, count: str = "speakers") -> pd.DataFrame:
    """Test, code by code, whether as many of the people speak of it at every value.

    Two values with fewer than 5 expected in a cell: Fisher's exact test; otherwise Pearson's
    chi-square without correction, with a warning where fewer than 5 are expected.

    Parameters
    ----------
    frame : DataFrame
        Of `code_table`.
    by : str
        What the frame is by; people stand in one area, group and level, but in several issues.
    count : {'speakers'}
        Every other count is refused.

    Returns
    -------
    DataFrame
        A row a code: `code, test` ('chi-square', 'Fisher', or 'none' where everybody or nobody
        speaks of it), `people, statistic, df, p_value, p_holm` (Holm over the codes tested),
        `cramers_v, smallest_expected, warning, code_id`. “not recorded” is left out.

    Raises
    ------
    BadInput
        Where a test would take quotes, turns or groups for independent people, or the values do
        not divide the people.
    """
    if count != "speakers":
        why = REFUSED.get(count, "only people can be tested")
        raise BadInput(f"No test on {'quotes' if count == 'codings' else count}: {why}.")
    if by == "issue":
        raise BadInput("No test by issue: the same people speak on several issues.")
    known = frame[(frame["value"] != NO_VALUE) & (frame["speakers_total"] > 0)]
    rows = [
        {"code": name, **_test(part), "code_id": code_id}
        for (code_id, name), part in known.groupby(["code_id", "code"], sort=False)
    ]
    columns = ["code", *_NO_TEST, "p_holm", "code_id"]
    found = pd.DataFrame(rows, columns=columns)
    found["p_holm"] = _holm(found["p_value"].astype("float64"))
    order = [
        "code", "test", "people", "statistic", "df", "p_value", "p_holm", "cramers_v",
        "smallest_expected", "warning", "code_id",
    ]  # fmt: skip
    return found[order]


_NO_TEST = {
    "test": "none", "people": 0, "statistic": np.nan, "df": np.nan, "p_value": np.nan,
    "cramers_v": np.nan, "smallest_expected": np.nan, "warning": "",
}  # fmt: skip


def _test(part: pd.DataFrame) -> dict[str, object]:
    from scipy import stats

    yes = part["speakers"].to_numpy()
    table = np.vstack([yes, part["speakers_total"].to_numpy() - yes])
    found = {**_NO_TEST, "people": int(table.sum())}
    if table.shape[1] < 2 or not table.sum(axis=1).all():
        return found
    pearson = stats.chi2_contingency(table, correction=False)
    least = float(pearson.expected_freq.min())
    found |= {
        "test": "chi-square", "statistic": float(pearson.statistic), "df": int(pearson.dof),
        "p_value": float(pearson.pvalue), "smallest_expected": least,
        "cramers_v": float(np.sqrt(pearson.statistic / table.sum())),
    }  # fmt: skip
    if least >= 5:
        return found
    if table.shape[1] == 2:
        p_value = float(stats.fisher_exact(table).pvalue)
        return found | {"test": "Fisher", "statistic": np.nan, "df": np.nan, "p_value": p_value}
    return found | {"warning": "fewer than 5 expected in a cell: do not rely on this p"}


def _holm(p_values: pd.Series) -> pd.Series:
    known = p_values.dropna().sort_values()
    steps = known * np.arange(len(known), 0, -1)
    return steps.cummax().clip(upper=1).reindex(p_values.index)
