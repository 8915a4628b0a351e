"""Words by area: how often, by how many people, and which ones set an area apart."""

from __future__ import annotations

from functools import cache
from itertools import chain

import numpy as np
import pandas as pd
from sqlite_utils import Database

from ..errors import BadInput
from ..transcripts import text
from ..turns import WORDS
from .corpus import Corpus, load_corpus

# Words that serve the grammar; ’ is written '.
_STOP_WORDS = """
a about above after again against all also am an and any are aren't as at be because been before
being below between both but by can can't cannot could couldn't did didn't do does doesn't doing
don't down during each few for from further had hadn't has hasn't have haven't having he he'd he'll
he's her here here's hers herself him himself his how how's i i'd i'll i'm i've if in into is isn't
it it'd it'll it's its itself just let's me more most mustn't my myself no nor not of off on once
only or other ought our ours ourselves out over own same shan't she she'd she'll she's should
shouldn't so some such than that that'd that'll that's the their theirs them themselves then there
there's there'd these they they'd they'll they're they've this those through to too under until up
upon us very was wasn't we we'd we'll we're we've were weren't what what's when when's where where's
which while who who's whom why why's will with won't would wouldn't yes you you'd you'll you're
you've your yours yourself yourselves er erm um uh mm mmm hmm oh ah ok okay yeah
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
PRIOR = 500.0


def word_counts(
    db: Database,
    *,
    phase: str | None = "source",
    moderators: bool = False,
    stop_words: bool = False,
) -> pd.DataFrame:
    """Count words by area, in lower case, the moderator's and the stop words left out.

    Parameters
    ----------
    db : Database
    phase : {'source', 'test', None}
    moderators, stop_words : bool
        Whether to take them in.

    Returns
    -------
    DataFrame
        A row a word and area: `word, area_id, count, speakers` (people who say it; a turn of
        nobody known counts for none). Numbers in digits are no words. Every word counts towards
        how much was said, stop words too: `words_total` is the same in all rows of an area.
    """
    corpus = load_corpus(db, phase=phase)
    turns = corpus.turns
    wanted = turns["words"] > 0 if moderators else turns["heard"]
    said, turn = _tokens(db, corpus, np.flatnonzero(wanted.to_numpy()))
    code, words = pd.factorize(said)
    frame = pd.DataFrame({"word": code, "turn": turn})
    frame["area_id"] = turns["area_id"].to_numpy()[turn]
    frame["speaker_id"] = turns["speaker_id"].to_numpy()[turn]
    frame["words_total"] = frame.groupby("area_id")["word"].transform("size")
    left_out = np.array([_no_word(word, stop_words) for word in words], dtype=bool)
    frame = frame[~left_out[code]]
    grouped = frame.groupby(["word", "area_id"])
    found = grouped.agg(count=("turn", "size"), words_total=("words_total", "first"))
    people = frame[frame["speaker_id"] > 0].groupby(["word", "area_id"])["speaker_id"].nunique()
    found["speakers"] = people.reindex(found.index).fillna(0).astype("int64")
    found = found.reset_index()
    found["word"] = words.to_numpy()[found["word"]] if len(found) else ""
    return found[["word", "area_id", "count", "speakers", "words_total"]]


@cache
def _shape(word: str) -> str:
    return word.casefold().replace("’", "'")


def _no_word(word: str, stop_words: bool) -> bool:
    return word.isdecimal() or (not stop_words and word in STOP_WORDS)


def _tokens(db: Database, corpus: Corpus, rows: np.ndarray) -> tuple[pd.Index, np.ndarray]:
    """Return every word of these turns, and the row number of its turn."""
    said: list[list[str]] = []
    whole: dict[int, str] = {}
    columns = ("transcript_id", "start", "end")
    for number, start, end in zip(
        *(corpus.turns[name].to_numpy()[rows].tolist() for name in columns), strict=True
    ):
        if number not in whole:
            whole = {number: text(db, number)}  # turns come transcript by transcript
        shift = corpus.shifts[number]
        said.append(WORDS.findall(whole[number], start - shift, end - shift))
    shaped = [_shape(word) for word in chain.from_iterable(said)]
    return pd.Index(shaped, dtype=object), np.repeat(rows, [len(words) for words in said])


def keyness(
    counts: pd.DataFrame, area_id: int, *, prior: float = PRIOR, least: int = 3
) -> pd.DataFrame:
    """Weigh which words set one area apart from all others together.

    Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, Political
    Analysis 16:372–403, equations 16, 19 and 22): the prior gives every word `prior` times its
    share of all words, so that rare words do not lead by chance. z = δ / sqrt(variance).

    Parameters
    ----------
    counts : DataFrame
        Of `word_counts`; the words compared are those in it.
    area_id : int
    prior : float
        How many words the prior is worth.
    least : int
        Words said fewer times in all are counted but not listed.

    Returns
    -------
    DataFrame
        By falling z: `word, count, speakers` in the area, `count_else, speakers_else,
        per_1000, per_1000_else` (of all words, stop words too), `log_odds, z`.

    Raises
    ------
    BadInput
        Where the prior is not above 0.
    """
    if not prior > 0:
        raise BadInput("The prior must be worth more than 0 words.")
    here = counts[counts["area_id"] == area_id].set_index("word")[["count", "speakers"]]
    others = counts[counts["area_id"] != area_id].groupby("word")[["count", "speakers"]].sum()
    both = here.join(others.add_suffix("_else"), how="outer").fillna(0).astype("int64")
    y, other = both["count"], both["count_else"]
    n, n_other = y.sum(), other.sum()
    share = (y + other) / max(n + n_other, 1) * prior
    odds = np.log((y + share) / (n + prior - y - share))
    odds_else = np.log((other + share) / (n_other + prior - other - share))
    both["log_odds"] = odds - odds_else
    both["z"] = both["log_odds"] / np.sqrt(1 / (y + share) + 1 / (other + share))
    totals = counts.groupby("area_id")["words_total"].first()
    both["per_1000"] = 1000 * y / max(totals.get(area_id, 0), 1)
    both["per_1000_else"] = 1000 * other / max(totals.drop(area_id, errors="ignore").sum(), 1)
    listed = (
        both[y + other >= least].reset_index().sort_values(["z", "word"], ascending=[False, True])
    )
    order = [
        "word", "count", "speakers", "count_else", "speakers_else", "per_1000", "per_1000_else",
        "log_odds", "z",
    ]  # fmt: skip
    return listed[order].reset_index(drop=True)
