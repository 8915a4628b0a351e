"""How good suggestions are, measured on transcripts that the model has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..agreement import agreement
from .calibration import calibration_error, reliability
from .features import Array
from .passages import Passage
from .ranking import Model

Row = dict[str, Any]
LEAST = 5  # passages of a code, from which it is suggested
FOLDS = 5
TOP = 3
WORTH = 0.25  # a probability from which a code is suggested
OVERALL = ("recall_at_3", "top_quarter_precision", "calibration_error", "alpha", "percent")
FEW = (
    "Suggestions are measured transcript by transcript, each on what was learned from others; that"
    " takes at least three transcripts with coded passages, and {n} {is_are} coded so far."
)


def measure(passages: Sequence[Passage], code_texts: Mapping[int, str]) -> Row:
    """Measure suggestions by transcript; see `recall_at` and others for what is measured.

    Returns the overall figures, a row a code, and what was predicted beside what was so, as
    they are stored with a fit. Figures are None where they cannot be told, with `why`.
    """
    codes = sorted(code_texts)
    support = _support(passages, codes)
    transcripts = len({p.transcript_id for p in passages})
    nothing = dict.fromkeys(OVERALL) | {"passages": len(passages), "transcripts": transcripts}
    if transcripts < 3:
        why = FEW.format(n=transcripts or "none", is_are="are" if transcripts > 1 else "is")
        return {"overall": nothing, "codes": support, "calibration": [], "least": LEAST, "why": why}
    chances = cross_validate(passages, codes, code_texts)
    truth = _truth(passages, codes)
    fair = np.array([not p.suggested for p in passages])
    return _report(chances[fair], truth[fair], support, nothing)


def cross_validate(
    passages: Sequence[Passage], codes: Sequence[int], code_texts: Mapping[int, str]
) -> Array:
    """Predict each passage from those of other transcripts: passages × codes, probabilities."""
    from sklearn.model_selection import GroupKFold

    groups = [p.transcript_id for p in passages]
    chances = np.zeros((len(passages), len(codes)))
    for others, these in GroupKFold(min(FOLDS, len(set(groups)))).split(groups, groups=groups):
        model = learn([passages[i] for i in others], codes, code_texts)
        chances[these] = model.rank(model.reader.read([passages[i].quote for i in these]))
    return chances


def learn(
    passages: Sequence[Passage],
    codes: Sequence[int],
    code_texts: Mapping[int, str],
    more: Sequence[str] = (),
) -> Model:
    """Learn from passages of a study; a code's column is its place in `codes`."""
    named = [str(code) for code in codes]
    coded = [(p.quote, {str(code) for code in p.codes}) for p in passages]
    return Model.fit(coded, named, {str(code): code_texts[code] for code in codes}, more)


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


def _report(chances: Array, truth: Array, support: list[Row], told: Row) -> Row:
    enough = np.array([row["enough"] for row in support])
    given = suggested(chances, enough)
    kept, so = chances[:, enough], truth[:, enough]
    measured = {
        "recall_at_3": recall_at(chances, truth),
        "top_quarter_precision": top_quarter(kept, so),
        "calibration_error": calibration_error(kept, so) if kept.size else None,
        "alpha": _agreement(given[:, enough], so, "krippendorff_alpha"),
        "percent": _agreement(given[:, enough], so, "percent"),
    }
    for column, row in enumerate(support):
        row |= _of_code(chances[:, column], truth[:, column], given[:, column])
    shown = reliability(kept, so) if kept.size else []
    overall = told | measured
    return {"overall": overall, "codes": support, "calibration": shown, "least": LEAST}


def _of_code(chances: Array, truth: Array, given: Array) -> Row:
    right = float((truth * given).sum())
    return {
        "precision": right / given.sum() if given.any() else None,
        "recall": right / truth.sum() if truth.any() else None,
        "calibration_error": calibration_error(chances, truth) if chances.size else None,
    }


def _agreement(given: Array, truth: Array, coefficient: str) -> float | None:
    """Compare suggestions with people as with a second coder: each code there or not, pooled."""
    codings = [
        (coder, code, row, row + 1)
        for coder, matrix in (("suggestions", given), ("people", truth))
        for row, code in np.argwhere(matrix).tolist()
    ]
    if not codings:
        return None
    found = agreement(
        codings,
        len(truth),
        coefficient=coefficient,
        coders=("suggestions", "people"),
        overall="pooled",
    )
    return float(found) if np.isfinite(found) else None


def _truth(passages: Sequence[Passage], codes: Sequence[int]) -> Array:
    return np.array([[code in p.codes for code in codes] for p in passages], float)


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
