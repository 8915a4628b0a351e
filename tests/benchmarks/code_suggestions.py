"""Code suggestions on comments that people coded: recall@3 beside three baselines, calibration.

Another file with columns text and codes (several apart by “|”) may be named on the command line.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from coding.suggestions import embeddings, features, rank_codes, vectors
from coding.suggestions.calibration import calibration_error
from coding.suggestions.quality import recall_at, top_quarter

from .timing import show

FILE = Path(__file__).resolve().parents[3] / "shared/data/labelled/nhs_comments.csv"
CODED = (50, 200, 500)
SEEDS = range(5)
Coded = list[tuple[str, set[str]]]
Rank = Callable[[Coded, list[str], list[str]], np.ndarray]
MEASURES = ("recall@3", "of all codes", "top quarter", "error", "top's error", "seconds")


def popularity(coded: Coded, texts: list[str], codes: list[str]) -> np.ndarray:
    shares = [np.mean([code in given for _, given in coded]) for code in codes]
    return np.tile(shares, (len(texts), 1))


def tfidf_alone(coded: Coded, texts: list[str], codes: list[str]) -> np.ndarray:
    """Rank by logistic regression with balanced classes on TF-IDF of words, a code at a time."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    known = words.fit_transform([text for text, _ in coded])
    asked, found = words.transform(texts), np.zeros((len(texts), len(codes)))
    for column, code in enumerate(codes):
        bears = [code in given for _, given in coded]
        if len(set(bears)) == 2:
            model = LogisticRegression(class_weight="balanced", C=10, solver="liblinear")
            found[:, column] = model.fit(known, bears).predict_proba(asked)[:, 1]
    return found


def names_alone(coded: Coded, texts: list[str], codes: list[str]) -> np.ndarray:
    return rank_codes([], texts, {code: code for code in codes})[codes].to_numpy()


def ours(coded: Coded, texts: list[str], codes: list[str]) -> np.ndarray:
    return rank_codes(coded, texts, {code: code for code in codes})[codes].to_numpy()


def _measure(frame: pd.DataFrame, rank: Rank, number: int, seed: int) -> tuple[float, ...]:
    drawn = np.random.RandomState(seed).permutation(len(frame))
    given = [set(codes.split("|")) for codes in frame.codes]
    codes = sorted(set().union(*given))
    coded = [(frame.text[i], given[i]) for i in drawn[:number]]
    rest = drawn[number:]
    start = time.perf_counter()
    chances = rank(coded, [frame.text[i] for i in rest], codes)
    taken = time.perf_counter() - start
    truth = np.array([[code in given[i] for code in codes] for i in rest], float)
    best = np.argsort(-chances, axis=1, kind="stable")[:, :3]
    found = np.take_along_axis(truth, best, axis=1)
    return (
        recall_at(chances, truth) or 0,
        found.sum() / truth.sum(),
        top_quarter(chances, truth) or 0,
        calibration_error(chances, truth) or 0,
        calibration_error(chances.max(axis=1), found[:, 0]) or 0,
        taken,
    )


def _show(frame: pd.DataFrame, name: str, rank: Rank, coded: tuple[int, ...] = CODED) -> None:
    for number in coded:
        seeds = SEEDS if number < len(frame) else ()
        rows = [_measure(frame, rank, number, seed) for seed in seeds]
        if rows:
            print(f"  {name:<34} {number:>4}" + "".join(f"{x:>13.3f}" for x in np.mean(rows, 0)))


def main(file: Path = FILE) -> None:
    if not file.is_file():
        print(f"  {file.name} is not there, so nothing is measured")
        return
    frame = pd.read_csv(file)
    print(f"  {len(frame)} comments, means of {len(SEEDS)} draws; the rest is predicted")
    print(f"  {'':<34} {'k':>4}" + "".join(f"{measure:>13}" for measure in MEASURES))
    _show(frame, "popularity", popularity)
    _show(frame, "TF-IDF alone", tfidf_alone)
    sources = {"small model": (), "word vectors": (vectors,), "embeddings": (embeddings,)}
    for name, used in sources.items():
        if any(not source.available() for source in used):
            print(f"  {name}: not installed, not measured")
            continue
        features.MEANINGS = used
        if used:
            start = time.perf_counter()
            used[0].embed(features.plain(list(frame.text)))
            show(f"{name}: reading the comments once", [time.perf_counter() - start])
        _show(frame, f"code names alone, {name}", names_alone, (0,))
        _show(frame, f"suggestions, {name}", ours)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
