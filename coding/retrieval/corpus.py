"""Turns and codings on one axis: transcripts end to end, so that one sorted array serves all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlite_utils import Database

from ..checks import Row
from ..codebook import codebook

TURN = [
    "id", "transcript_id", "position", "speech_start", "end", "words", "speaker_id",
    "focus_group_id", "area_id", "issue_id",
]  # fmt: skip
CODING = ["id", "transcript_id", "code_id", "coder_id", "start", "end"]
NOBODY = 0  # stands for talk without an issue, or without a known speaker


@dataclass(frozen=True)
class Corpus:
    """What a query looks at.

    `turns` is in the order of the text, `start` and `end` on the common axis, with `participant`
    (false for the moderator and for nobody known) and `heard` (a turn of anyone but the moderator
    that has words). `codings` has `start` and `end` on the same axis, `theme_id`, and `first` and
    `last`, the row numbers of the turns it touches (none where last is before first). `codes` is
    the codebook in order; `shifts` says where on the axis each transcript begins.
    """

    turns: pd.DataFrame
    codings: pd.DataFrame
    codes: pd.DataFrame
    shifts: dict[int, int]

    @property
    def speakers(self) -> int:
        """How many participants speak."""
        return int(self.turns.loc[self.turns["participant"], "speaker_id"].nunique())

    @property
    def groups(self) -> int:
        """How many focus groups speak."""
        return int(self.turns["focus_group_id"].nunique())

    def pairs(self) -> pd.DataFrame:
        """List each pair of a coding and a turn it touches, as row numbers of either."""
        return spread(self.codings["first"].to_numpy(), self.codings["last"].to_numpy())


def spread(first: np.ndarray, last: np.ndarray) -> pd.DataFrame:
    """Write out ranges of turns: a row for each, with the number of its range."""
    counts = np.maximum(last - first + 1, 0)
    coding = np.repeat(np.arange(len(first)), counts)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    return pd.DataFrame({"coding": coding, "turn": first[coding] + np.arange(len(coding)) - before})


def load_corpus(
    db: Database,
    *,
    phase: str | None = "source",
    area_id: int | None = None,
    coder_id: int | None = None,
    transcript_id: int | None = None,
) -> Corpus:
    """Load the talk of a phase (None is both) and the codings on it.

    Parameters
    ----------
    db : Database
    phase : {'source', 'test', None}
    area_id, transcript_id, coder_id : int, optional
        Only talk of this area or transcript; only codings by this coder.
    """
    limits = {"phase": phase, "area": area_id, "coder": coder_id, "transcript": transcript_id}
    turns = _integers(db, TURNS, limits, [*TURN, "participant", "moderator"])
    turns["participant"] = turns["participant"].astype(bool)
    turns["heard"] = (turns.pop("moderator") == 0) & (turns["words"] > 0)
    codings = _integers(db, CODINGS, limits, CODING)
    codings = codings[codings["transcript_id"].isin(turns["transcript_id"])]
    named = ["id", "name", "path", "theme_id", "theme", "colour", "depth"]
    codes = pd.DataFrame(codebook(db), columns=named).rename(columns={"id": "code_id"})
    return _on_one_axis(turns, codings.reset_index(drop=True), codes)


def _integers(db: Database, query: str, limits: dict[str, Any], columns: list[str]) -> pd.DataFrame:
    # An array of whole numbers at once: pandas would guess the kind of each column for longer.
    rows = np.array(db.execute(query, limits).fetchall(), dtype=np.int64)
    return pd.DataFrame(rows.reshape(-1, len(columns)), columns=columns)


TURNS = """
    SELECT u.id, u.transcript_id, u.position, u.speech_start, u."end", u.words,
        coalesce(u.speaker_id, 0), g.id, g.area_id, coalesce(u.issue_id, t.issue_id, 0),
        coalesce(s.role = 'participant', 0), coalesce(s.role = 'moderator', 0)
    FROM turn u JOIN transcript t ON t.id = u.transcript_id
    JOIN focus_group g ON g.id = t.focus_group_id
    LEFT JOIN speaker s ON s.id = u.speaker_id
    WHERE (:phase IS NULL OR g.phase = :phase) AND (:area IS NULL OR g.area_id = :area)
        AND u.transcript_id BETWEEN coalesce(:transcript, 0) AND coalesce(:transcript, 1e18)
    ORDER BY u.transcript_id, u.position
    """
CODINGS = """
    SELECT id, transcript_id, code_id, coder_id, start, "end" FROM coding
    WHERE (:coder IS NULL OR coder_id = :coder)
        AND transcript_id BETWEEN coalesce(:transcript, 0) AND coalesce(:transcript, 1e18)
    ORDER BY id
    """


def transcript_titles(db: Database) -> list[Row]:
    """List the transcripts as imported: id, title, area_name, turns and codings."""
    return list(db.query(TITLES))


TITLES = """
    SELECT t.id, t.title, a.name AS area_name,
        (SELECT count(*) FROM turn u WHERE u.transcript_id = t.id) AS turns,
        (SELECT count(*) FROM coding c WHERE c.transcript_id = t.id) AS codings
    FROM transcript t JOIN focus_group g ON g.id = t.focus_group_id
    JOIN area a ON a.id = g.area_id ORDER BY t.id
    """


def _on_one_axis(turns: pd.DataFrame, codings: pd.DataFrame, codes: pd.DataFrame) -> Corpus:
    both = pd.concat([turns[["transcript_id", "end"]], codings[["transcript_id", "end"]]])
    lengths = both.groupby("transcript_id")["end"].max() + 1
    base = lengths.cumsum() - lengths
    shift = turns["transcript_id"].map(base).to_numpy(dtype="int64")
    turns = turns.assign(start=turns.pop("speech_start") + shift, end=turns["end"] + shift)
    shift = codings["transcript_id"].map(base).to_numpy(dtype="int64")
    codings = codings.assign(start=codings["start"] + shift, end=codings["end"] + shift)
    codings["first"] = np.searchsorted(turns["end"], codings["start"], "right")
    codings["last"] = np.searchsorted(turns["start"], codings["end"], "left") - 1
    themes = dict(zip(codes["code_id"], codes["theme_id"], strict=True))
    codings["theme_id"] = codings["code_id"].map(themes).astype("int64")
    return Corpus(
        turns, codings, codes, {int(str(number)): int(start) for number, start in base.items()}
    )
