"""Turns and codings on one axis: transcripts end to end, so that one sorted array serves all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlite_utils import Database

from ..codebook import codebook
from ..queries import spoken_turns

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
) -> Corpus:
    """Load the talk of a phase (None is both) and the codings on it.

    Parameters
    ----------
    db : Database
    phase : {'source', 'test', None}
    area_id, coder_id : int, optional
        Only talk of this area; only codings by this coder.
    """
    rows = [row for row in spoken_turns(db, phase) if area_id in (None, row["area_id"])]
    turns = pd.DataFrame(rows, columns=[*TURN, "role"])
    turns["participant"] = turns["role"] == "participant"
    turns["heard"] = (turns.pop("role") != "moderator") & (turns["words"] > 0)
    turns = turns.fillna({"speaker_id": NOBODY, "issue_id": NOBODY}).astype(
        dict.fromkeys(TURN, "int64")
    )
    codings = pd.DataFrame(db.execute(CODINGS, {"coder_id": coder_id}).fetchall(), columns=CODING)
    codings = codings[codings["transcript_id"].isin(turns["transcript_id"])].astype("int64")
    codes = pd.DataFrame(
        codebook(db), columns=["id", "name", "path", "theme_id", "theme", "colour", "depth"]
    )
    codes = codes.rename(columns={"id": "code_id"})
    return _on_one_axis(turns, codings.reset_index(drop=True), codes)


CODINGS = """
    SELECT id, transcript_id, code_id, coder_id, start, "end" FROM coding
    WHERE :coder_id IS NULL OR coder_id = :coder_id ORDER BY id
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
    return Corpus(turns, codings, codes, {int(k): int(v) for k, v in base.items()})
