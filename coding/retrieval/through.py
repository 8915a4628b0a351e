"""One transcript from beginning to end: which code where, and each turn by its code."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlite_utils import Database

from ..transcripts import list_turns
from .corpus import Corpus, load_corpus, spread
from .intervals import merged
from .levels import at_level


def code_lines(
    db: Database, transcript_id: int, *, level: str = "code", coder_id: int | None = None
) -> pd.DataFrame:
    """List where in a transcript each code stands, from turn to turn.

    Parameters
    ----------
    db : Database
    transcript_id : int
    level : {'code', 'theme'}
    coder_id : int, optional

    Returns
    -------
    DataFrame
        A row a coding, by code and place: `code, first` and `last` turn (from 1), `time` where
        the first turn has one, `speaker` of the first turn, `colour, coding_id, code_id`. Codes
        stand in the order of the codebook.
    """
    corpus, turns = _of(db, transcript_id, coder_id)
    codings = corpus.codings[corpus.codings["last"] >= corpus.codings["first"]]
    codes = at_level(corpus, level)
    place = {code: number for number, code in enumerate(codes["code_id"])}
    order = codings[f"{level}_id"].map(place)
    codings = codings.assign(order=order).sort_values(["order", "start", "end", "id"])
    here = codes.iloc[codings["order"].to_numpy(dtype="int64")]
    first = codings["first"].to_numpy()
    return pd.DataFrame(
        {
            "code": here["name"].to_numpy(),
            "first": turns["position"].to_numpy()[first],
            "last": turns["position"].to_numpy()[codings["last"].to_numpy()],
            "time": turns["time"].to_numpy()[first],
            "speaker": turns["speaker"].to_numpy()[first],
            "colour": here["colour"].to_numpy(),
            "coding_id": codings["id"].to_numpy(),
            "code_id": here["code_id"].to_numpy(),
        }
    )


def portrait(
    db: Database, transcript_id: int, *, level: str = "theme", coder_id: int | None = None
) -> pd.DataFrame:
    """Give each turn of a transcript the code that lies on most of its letters.

    Returns
    -------
    DataFrame
        A row a turn: `turn` (from 1), `speaker, role, words, code` (blank where none), `codes`
        (how many lie on it), `share` of its letters under that code, `colour, code_id` (0: none).
        Of two codes on as many letters the one earlier in the codebook is taken.
    """
    corpus, turns = _of(db, transcript_id, coder_id)
    codes = at_level(corpus, level)
    met = _letters(corpus, f"{level}_id")
    place = {code: number for number, code in enumerate(codes["code_id"])}
    met["order"] = met["code_id"].map(place).astype("int64")
    most = met.sort_values(["turn", "letters", "order"], ascending=[True, False, True])
    most = most.drop_duplicates("turn").set_index("turn")
    order = pd.Series(range(len(turns))).map(most["order"]).fillna(-1).astype("int64")
    long = (corpus.turns["end"] - corpus.turns["start"]).clip(lower=1)
    frame = turns[["position", "speaker", "role", "words"]].rename(columns={"position": "turn"})
    named = codes.reindex(order)
    letters = pd.Series(range(len(turns))).map(most["letters"]).fillna(0)
    count = met.groupby("turn").size().reindex(range(len(turns))).fillna(0).astype("int64")
    return frame.assign(
        code=named["name"].fillna("").to_numpy(),
        codes=count.to_numpy(),
        share=(letters / long.to_numpy()).to_numpy(),
        colour=named["colour"].fillna("").to_numpy(),
        code_id=named["code_id"].fillna(0).astype("int64").to_numpy(),
    )


def _of(db: Database, transcript_id: int, coder_id: int | None) -> tuple[Corpus, pd.DataFrame]:
    """Load one transcript on the axis, and its turns with their speakers and times."""
    corpus = load_corpus(db, phase=None, coder_id=coder_id, transcript_id=transcript_id)
    rows = list_turns(db, transcript_id)
    return corpus, pd.DataFrame(rows, columns=["position", "speaker", "role", "words", "time"])


def _letters(corpus: Corpus, column: str) -> pd.DataFrame:
    """Count the letters of each turn under each code, once where its codings overlap."""
    pieces = []
    for code, rows in corpus.codings.groupby(column):
        start, end = merged(rows["start"].to_numpy(), rows["end"].to_numpy())
        turns = corpus.turns
        first = np.searchsorted(turns["end"], start, "right")
        last = np.searchsorted(turns["start"], end, "left") - 1
        met = spread(first, last)
        turn, span = met["turn"].to_numpy(), met["coding"].to_numpy()
        from_ = np.maximum(start[span], turns["start"].to_numpy()[turn])
        to = np.minimum(end[span], turns["end"].to_numpy()[turn])
        pieces.append(pd.DataFrame({"turn": turn, "code_id": code, "letters": to - from_}))
    if not pieces:
        return pd.DataFrame(columns=["turn", "code_id", "letters"], dtype="int64")
    summed = pd.concat(pieces).groupby(["turn", "code_id"])["letters"].sum()
    return summed.reset_index()
