"""How good suggestions are, measured on transcripts that the model has not seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..agreement import agreement
from .calibration import calibration_error, reliability
from .features import Array, Talk
from .passages import Passage
from .ranking import Example, Model

Row = dict[str, Any]
Tell = Callable[[int], object]
LEAST = 5  # passages of a code, from which it is suggested
FOLDS = 5
TOP = 3
WORTH = 0.25  # a probability from which a code is suggested
OVERALL = ("recall_at_3", "top_quarter_precision", "calibration_error", "alpha", "percent")
FEW = (
    "Suggestions are measured transcript by transcript, each on what was learned from others; that"
    " takes at least three transcripts with coded passages, and {n} {is_are} coded so far."
)


@dataclass(frozen=True)
class Seen:
    """What was predicted of passages, beside what people gave them; `worth` as `Passage.weight`."""

    chances: Array
    truth: Array
    worth: Array

    @classmethod
    def of(cls, passages: Sequence[Passage], codes: Sequence[int], chances: Array) -> Seen:
        """Set predictions beside the codes of their passages."""
        truth = np.array([[code in p.codes for code in codes] for p in passages], float)
        worth = np.array([p.weight for p in passages])
        return cls(chances, truth.reshape(chances.shape), worth)

    @property
    def coded(self) -> Array:
        return np.asarray(self.truth.any(axis=1))


def measure(
    passages: Sequence[Passage],
    code_texts: Mapping[int, str],
    tell: Tell = lambda done: None,
    talk: Talk | None = None,
) -> Row:
    """Measure suggestions by transcript; `tell` hears of each of `FOLDS` steps.

    Returns the overall figures, a row a code, and what was predicted beside what was so, as
    they are stored with a fit. Figures are None where they cannot be told, with `why`.
    """
    codes = sorted(code_texts)
    support = _support(passages, codes)
    transcripts = len({p.transcript_id for p in passages})
    coded = sum(bool(p.codes) for p in passages)
    uncoded = round(sum(p.weight for p in passages if not p.codes))
    nothing: Row = dict.fromkeys(OVERALL)
    nothing |= {"passages": coded, "uncoded": uncoded, "transcripts": transcripts}
    if transcripts < 3:
        why = FEW.format(n=transcripts or "none", is_are="are" if transcripts > 1 else "is")
        return {"overall": nothing, "codes": support, "calibration": [], "least": LEAST, "why": why}
    chances = cross_validate(passages, codes, code_texts, tell, talk)
    fair = [i for i, p in enumerate(passages) if not p.suggested]
    return _report(Seen.of([passages[i] for i in fair], codes, chances[fair]), support, nothing)


def cross_validate(
    passages: Sequence[Passage],
    codes: Sequence[int],
    code_texts: Mapping[int, str],
    tell: Tell = lambda done: None,
    talk: Talk | None = None,
) -> Array:
    """Predict each passage from those of other transcripts: passages × codes, probabilities."""
    from sklearn.model_selection import GroupKFold

    groups = [p.transcript_id for p in passages]
    chances = np.zeros((len(passages), len(codes)))
    folds = GroupKFold(min(FOLDS, len(set(groups)))).split(groups, groups=groups)
    for at, (others, these) in enumerate(folds):
        tell(at)
        model = learn([passages[i] for i in others], codes, code_texts, talk=talk)
        chances[these] = model.rank(model.reader.read([passages[i].quote for i in these]))
    return chances


def learn(
    passages: Sequence[Passage],
    codes: Sequence[int],
    code_texts: Mapping[int, str],
    more: Sequence[str] = (),
    talk: Talk | None = None,
) -> Model:
    """Learn from passages of a study; a code's column is its place in `codes`."""
    examples = [Example(p.quote, p.codes, p.weight, p.transcript_id) for p in passages]
    return Model.fit(examples, {code: code_texts[code] for code in codes}, more, talk)


def suggested(chances: Array, enough: Array) -> Array:
    """Say which codes are suggested for which passage: its likeliest three that are worth it."""
    shown = np.where(enough, chances, 0.0)
    third = np.sort(shown, axis=1)[:, -min(TOP, shown.shape[1])][:, None]
    return np.asarray((shown >= WORTH) & (shown >= third))


def recall_at(chances: Array, truth: Array, top: int = TOP) -> float | None:
    """Return the share of a passage's codes within its likeliest `top`, averaged over passages.

    Passages without a code have nothing to be found and do not count.
    """
    coded = truth.sum(axis=1) > 0
    if not coded.any():
        return None
    best = np.argsort(-chances[coded], axis=1, kind="stable")[:, :top]
    found = np.take_along_axis(truth[coded], best, axis=1).sum(axis=1)
    return float((found / truth[coded].sum(axis=1)).mean())


def top_quarter(chances: Array, truth: Array) -> float | None:
    """Return the precision of the likeliest code, in the quarter of passages where it is surest."""
    if not chances.size:
        return None
    best = chances.argmax(axis=1)
    surest = np.argsort(-chances.max(axis=1), kind="stable")[: max(1, len(best) // 4)]
    return float(truth[surest, best[surest]].mean())


def _report(seen: Seen, support: list[Row], told: Row) -> Row:
    enough = np.array([row["enough"] for row in support])
    given = suggested(seen.chances, enough)
    kept, so, coded = seen.chances[:, enough], seen.truth[:, enough], seen.coded
    likeliest = _likeliest(kept, so)
    measured = {
        "recall_at_3": recall_at(seen.chances, seen.truth),
        "top_quarter_precision": top_quarter(kept[coded], so[coded]),
        "calibration_error": calibration_error(*likeliest, seen.worth),
        "alpha": _agreement(given[:, enough], so, seen.worth, "krippendorff_alpha"),
        "percent": _agreement(given[:, enough], so, seen.worth, "percent"),
    }
    for column, row in enumerate(support):
        row |= _of_code(seen, given[:, column], column)
    shown = reliability(*likeliest, seen.worth)
    return {"overall": told | measured, "codes": support, "calibration": shown, "least": LEAST}


def _likeliest(chances: Array, truth: Array) -> tuple[Array, Array]:
    """Take of each passage its likeliest code: all others are near nothing, and easily right."""
    if not chances.size:
        return np.zeros(len(chances)), np.zeros(len(chances))
    best = chances.argmax(axis=1)
    rows = np.arange(len(best))
    return chances[rows, best], truth[rows, best]


def _of_code(seen: Seen, given: Array, column: int) -> Row:
    truth, worth = seen.truth[:, column], seen.worth
    right, all_given, all_true = (float(worth @ x) for x in (truth * given, given, truth))
    return {
        "precision": right / all_given if all_given else None,
        "recall": right / all_true if all_true else None,
        "calibration_error": (
            calibration_error(seen.chances[:, column], truth, worth) if truth.any() else None
        ),
    }


def _agreement(given: Array, truth: Array, worth: Array, coefficient: str) -> float | None:
    """Compare suggestions with people as with a second coder: each code there or not, pooled.

    A passage is a stretch as long as the number of passages that it stands for.
    """
    ends = np.cumsum(np.maximum(np.round(worth), 1)).astype(int)
    starts = np.concatenate([[0], ends])
    codings = [
        (coder, code, int(starts[row]), int(ends[row]))
        for coder, matrix in (("suggestions", given), ("people", truth))
        for row, code in np.argwhere(matrix).tolist()
    ]
    if not codings:
        return None
    coders = ("suggestions", "people")
    length = int(ends[-1])
    found = agreement(codings, length, coefficient=coefficient, coders=coders, overall="pooled")
    return float(found) if np.isfinite(found) else None


def _support(passages: Sequence[Passage], codes: Sequence[int]) -> list[Row]:
    bearing = {code: [p for p in passages if code in p.codes] for code in codes}
    unknown = dict.fromkeys(("precision", "recall", "calibration_error"))
    return [
        {
            "code_id": code,
            "support": len(bearing[code]),
            "transcripts": len({p.transcript_id for p in bearing[code]}),
            **unknown,
            "enough": len(bearing[code]) >= LEAST,
        }
        for code in codes
    ]
