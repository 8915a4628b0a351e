"""Which codes are put on the same words, in the same turn, or near each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlite_utils import Database

from ..errors import BadInput
from .corpus import Corpus, load_corpus, spread
from .intervals import merged, overlapping_pairs
from .levels import LEVELS, at_level, bearing
from .word_places import FARTHEST

RELATIONS = {"overlap": "on the same words", "turn": "in the same turn", "near": "near each other"}
COLUMNS = [
    "code", "other", "speakers", "groups", "turns", "turns_code", "turns_other", "jaccard",
    "code_id", "other_id",
]  # fmt: skip


def cooccurrence(
    db: Database,
    relation: str = "turn",
    *,
    level: str = "code",
    distance: int = 2,
    phase: str | None = "source",
    area_id: int | None = None,
    coder_id: int | None = None,
) -> pd.DataFrame:
    """Count where two codes meet, over every turn but the moderator's.

    Parameters
    ----------
    db : Database
    relation : {'overlap', 'turn', 'near'}
        'turn': turns that bear both. 'overlap': those where some of the same letters do. 'near':
        turns that bear one of the two and have the other within `distance` turns of the same
        transcript, counted over all turns, the moderator's too.
    level : {'code', 'theme'}
        Codes each alone, or themes with the codes nested under them.
    distance : int
        For 'near', 0 to 1000; 0 is the same turn.
    phase, area_id, coder_id
        As `load_corpus` takes them.

    Returns
    -------
    DataFrame
        A row for each two codes that are used, in the order of the codebook: `code,
        other, speakers` (participants in those turns), `groups`, `turns`; `turns_code` and
        `turns_other` that bear either at all; `jaccard`, turns of both as a share of the turns of
        either; then `code_id` and `other_id`. Zeros are included.

    Raises
    ------
    BadInput
        Where relation, level or distance is unknown.
    """
    _check(relation, level, distance)
    corpus = load_corpus(db, phase=phase, area_id=area_id, coder_id=coder_id)
    codes = at_level(corpus, level)
    touched, heard = bearing(corpus, codes, level), corpus.turns["heard"].to_numpy()
    used = np.flatnonzero(touched[heard].any(axis=0))
    codes, touched = codes.iloc[used].reset_index(drop=True), touched[:, used]
    if relation == "overlap":
        counts = _overlapping(corpus, codes, f"{level}_id")
    else:
        counts = _near(corpus, touched, distance if relation == "near" else 0)
    return _as_frame(codes, touched[heard], counts)


def _check(relation: str, level: str, distance: int) -> None:
    if relation not in RELATIONS:
        raise BadInput(f"Codes meet by {', '.join(RELATIONS)}, not “{relation[:40]}”.")
    if level not in LEVELS:
        raise BadInput(f"The level is {' or '.join(LEVELS)}, not “{level[:40]}”.")
    if not 0 <= distance <= FARTHEST:
        raise BadInput(f"Near is within 0 to {FARTHEST} turns.")


def _near(corpus: Corpus, touched: np.ndarray, distance: int) -> tuple[np.ndarray, ...]:
    """Count turns, speakers and groups of each two codes, one row of the matrix at a time."""
    wide = _widened(corpus, touched, distance)
    heard = corpus.turns["heard"].to_numpy()
    rows = corpus.turns[heard]
    touched, wide = touched[heard], wide[heard]
    who = rows["speaker_id"].where(rows["participant"], 0).to_numpy()
    counts = [np.zeros((touched.shape[1],) * 2, dtype=np.int64) for _ in range(3)]
    for code in range(touched.shape[1]):
        at = np.flatnonzero(wide[:, code])
        meets = (touched[at, code][:, None] & wide[at]) | touched[at]
        counts[0][code] = meets.sum(axis=0)
        counts[1][code] = _distinct(meets, who[at])
        counts[2][code] = _distinct(meets, rows["focus_group_id"].to_numpy()[at])
    return tuple(counts)


def _distinct(meets: np.ndarray, names: np.ndarray) -> np.ndarray:
    """Count, by column, the different names of the rows that are true; 0 names nobody."""
    meets, names = meets[names > 0], names[names > 0]
    if not len(names):
        return np.zeros(meets.shape[1], dtype=np.int64)
    order = np.argsort(names, kind="stable")
    begins = np.flatnonzero(np.r_[True, np.diff(names[order]) > 0])
    return np.asarray(np.logical_or.reduceat(meets[order], begins, axis=0).sum(axis=0))


def _widened(corpus: Corpus, touched: np.ndarray, distance: int) -> np.ndarray:
    """Say of each turn and code whether a turn within the distance bears it."""
    if not distance:
        return touched
    number = pd.factorize(corpus.turns["transcript_id"])[0]
    row = np.arange(len(number))
    from_, to = np.searchsorted(number, number, "left"), np.searchsorted(number, number, "right")
    from_, to = np.maximum(from_, row - distance), np.minimum(to, row + distance + 1)
    sums = np.vstack([np.zeros((1, touched.shape[1]), np.int64), touched.cumsum(axis=0)])
    return np.asarray(sums[to] - sums[from_] > 0)


def _overlapping(corpus: Corpus, codes: pd.DataFrame, column: str) -> tuple[np.ndarray, ...]:
    """Count turns, speakers and groups where letters bear both codes of a pair."""
    size, pieces = len(codes), []
    for number, code in enumerate(codes["code_id"]):
        rows = corpus.codings[corpus.codings[column] == code]
        start, end = merged(rows["start"].to_numpy(), rows["end"].to_numpy())
        pieces.append(pd.DataFrame({"code": number, "start": start, "end": end}))
    empty = pd.DataFrame(columns=["code", "start", "end"], dtype="int64")
    spans = pd.concat(pieces or [empty]).sort_values("start", kind="stable")
    code, start, end = (spans[name].to_numpy() for name in ("code", "start", "end"))
    a, b = overlapping_pairs(start, end)
    turns = corpus.turns
    common = np.maximum(start[a], start[b]), np.minimum(end[a], end[b])
    first = np.searchsorted(turns["end"], common[0], "right")
    last = np.searchsorted(turns["start"], common[1], "left") - 1
    return _count_met(turns, code[a], code[b], first, last, size)


def _count_met(
    turns: pd.DataFrame,
    a: np.ndarray,
    b: np.ndarray,
    first: np.ndarray,
    last: np.ndarray,
    size: int,
) -> tuple[np.ndarray, ...]:
    met = spread(first, last)
    met = met[turns["heard"].to_numpy()[met["turn"]]]
    pair = (np.minimum(a, b) * size + np.maximum(a, b))[met["coding"]]
    rows = turns.iloc[met["turn"].to_numpy()]
    who = rows["speaker_id"].where(rows["participant"], 0).to_numpy()
    counts = []
    for names in (met["turn"].to_numpy() + 1, who, rows["focus_group_id"].to_numpy()):
        both = pd.DataFrame({"pair": pair, "name": names})
        both = both[both["name"] > 0].drop_duplicates()
        grid = np.bincount(both["pair"], minlength=size * size).reshape(size, size)
        counts.append(grid + grid.T)
    return tuple(counts)


def _as_frame(
    codes: pd.DataFrame, touched: np.ndarray, counts: tuple[np.ndarray, ...]
) -> pd.DataFrame:
    turns, speakers, groups = counts
    a, b = np.triu_indices(len(codes), 1)
    borne = touched.astype("float64").T @ touched
    own = borne.diagonal()
    either = own[a] + own[b] - borne[a, b]
    names, ids = codes["name"].to_numpy(), codes["code_id"].to_numpy()
    values = (
        names[a], names[b], speakers[a, b], groups[a, b], turns[a, b], own[a].astype(int),
        own[b].astype(int), turns[a, b] / either, ids[a], ids[b],
    )  # fmt: skip
    return pd.DataFrame(dict(zip(COLUMNS, values, strict=True)))
