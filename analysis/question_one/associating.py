"""What goes with acting: both models side by side, as differences in share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtr

from ..arms import Counts, Floats
from ..blocks import check_columns, floats
from ..design import Design
from ..errors import BadInput
from ..linearised import Domain, Mask, Units, around
from ..survey_tables import Sampling
from .acting import WAYS, Acting
from .conditions import Matrix, model_matrix
from .linear import linear, weighted_linear
from .multinomial import fit_multinomial, marginal_effects

ASSOCIATION = (
    "Association, not effect: nobody was assigned to these conditions, and what goes with acting "
    "may come before it, after it, or from elsewhere."
)
MODELS = ("linear", "multinomial")
COLUMNS = [
    "issue", "condition", "level", "model", "way", "estimate", "std_error", "df", "ci_low",
    "ci_high", "p_value", "n", "acting_so", "weighted", "reading",
]  # fmt: skip


@dataclass(frozen=True)
class Associated:
    """A frame with `COLUMNS`, and sentences: who counts, what was left out, what is undefined."""

    frame: pd.DataFrame
    notes: list[str]


@dataclass(frozen=True)
class _Data:
    matrix: Matrix
    x: Floats
    y: Counts
    w: Floats
    domain: Domain
    clusters: Counts | None
    weighted: bool

    @property
    def df(self) -> int:
        return self.domain.df - len(self.matrix.terms)


def default_conditions(design: Design, issue: str, control_only: bool) -> list[str]:
    """Covariates, and items of the issue that were asked before the nudge (or the arm had none)."""
    asked = [
        o.key
        for o in design.outcomes
        if o.issue in (issue, "")
        and (o.asked == "before" or control_only)
        and not o.measure.startswith(("done_", "hours_"))
    ]
    return [*design.covariates, *asked]


def associate(
    frame: pd.DataFrame,
    design: Design,
    found: Acting,
    conditions: Sequence[str] | None = None,
    sampling: Sampling | None = None,
) -> Associated:
    """Relate ways of acting to conditions, with area fixed effects.

    Parameters
    ----------
    conditions : sequence of str, optional
        Covariates and keys of items; `default_conditions` where absent.

    Returns
    -------
    Associated
        By condition, model and way: the difference in share that goes with the condition. The
        linear model has HC2 errors (CR2 where clustered); the multinomial one average marginal
        effects with delta-method errors. With weights both are linearised (as R's svyglm). The
        four ways of a row add up to 0.

    Raises
    ------
    BadInput
        An unknown condition, or one asked after the nudge of respondents who were shown one.
    """
    sampling = sampling or Sampling()
    control = "asked before" not in found.population
    known = default_conditions(design, found.issue, control)
    chosen = known if conditions is None else list(dict.fromkeys(conditions))
    _check_untouched(design, chosen, control)
    data = _read(frame, design, found, chosen, sampling)
    notes = _told(found, data)
    if not data.matrix.terms:
        reason = "There is no condition to relate acting to."
        return Associated(pd.DataFrame(columns=COLUMNS), [*notes, reason])
    rows: list[dict[str, Any]] = []
    for model, fit in (("linear", _linear), ("multinomial", _multinomial)):
        try:
            _check_size(data)
            rows += [{"model": model} | row for row in fit(data)]
        except BadInput as error:
            notes.append(f"No {model} model: {error}")
    told = {"issue": found.issue, "weighted": data.weighted, "reading": "association"}
    result = pd.DataFrame([row | told for row in rows], columns=COLUMNS)
    return Associated(result, notes)


def _read(
    frame: pd.DataFrame,
    design: Design,
    found: Acting,
    conditions: Sequence[str],
    sampling: Sampling,
) -> _Data:
    named = [n for n in (sampling.weight, sampling.cluster, design.area) if n]
    check_columns(frame, [*named, *sampling.strata])
    w = floats(frame[sampling.weight]) if sampling.weight else np.ones(len(frame))
    here: Mask = ~np.isnan(found.codes) & np.isfinite(w) & (w > 0)
    matrix = model_matrix(frame, design, conditions, here)
    rows = np.flatnonzero(matrix.complete)
    clusters = None
    if sampling.cluster:
        clusters = np.unique(frame[sampling.cluster].astype(str).to_numpy()[rows],
                             return_inverse=True)[1]  # fmt: skip
    units = Units.of(frame, [design.area, *sampling.strata], sampling.cluster)
    return _Data(
        matrix, matrix.x[rows], found.codes[rows].astype(np.int64), w[rows],
        units.domain(matrix.complete), clusters,
        bool(sampling.weight),
    )  # fmt: skip


def _linear(data: _Data) -> Iterator[dict[str, Any]]:
    terms = data.matrix.terms
    y = np.eye(len(WAYS))[data.y]
    found = (
        [_weighted(data, answers) for answers in y.T]
        if data.weighted
        else linear(data.x, y, terms, data.clusters)
    )
    for code, fits in enumerate(found):
        for term, fit in zip(terms, fits, strict=True):
            yield _row(data, term.condition, term.level, code, *fit)


def _weighted(data: _Data, y: Floats) -> list[tuple[float, float, float]]:
    beta, errors = weighted_linear(data.x, y, data.w, data.domain)
    columns = [term.column for term in data.matrix.terms]
    return [(float(beta[at]), float(errors[at]), float(data.df)) for at in columns]


def _multinomial(data: _Data) -> Iterator[dict[str, Any]]:
    present = [code for code in range(len(WAYS)) if (data.y == code).any()]
    _check_levels(data, present)
    y = np.searchsorted(present, data.y)
    fit = fit_multinomial(data.x, y, data.w, len(present))
    effects, jacobian = marginal_effects(fit, data.x, data.w, data.matrix.terms)
    flat = jacobian.reshape(-1, jacobian.shape[2])
    influence = fit.scores @ (fit.inverse @ flat.T)
    errors = np.sqrt(data.domain.variances(influence)).reshape(effects.shape)
    for at, term in enumerate(data.matrix.terms):
        for place, code in enumerate(present):
            told = (float(effects[at, place]), float(errors[at, place]), data.df)
            yield _row(data, term.condition, term.level, code, *told)


def _row(
    data: _Data, condition: str, level: str, code: int, estimate: float, error: float, df: float
) -> dict[str, Any]:
    low, high = around(estimate, error, df)
    p = 2 * float(stdtr(df, -abs(estimate / error))) if error > 0 and df > 0 else np.nan
    return {
        "condition": condition, "level": level, "way": WAYS[code], "estimate": estimate,
        "std_error": error, "df": df, "ci_low": low, "ci_high": high, "p_value": p,
        "n": len(data.y), "acting_so": int((data.y == code).sum()),
    }  # fmt: skip


def _check_size(data: _Data) -> None:
    counts = np.bincount(data.y, minlength=len(WAYS))
    ways = [(int(n), way) for n, way in zip(counts, WAYS, strict=True) if n]
    if len(ways) < 2:
        raise BadInput("everybody who counts acts in the same way.")
    few, way = min(ways)
    if few < data.x.shape[1]:
        raise BadInput(
            f"{few} who act “{way}” are fewer than the model's {data.x.shape[1]} terms; choose "
            "fewer conditions."
        )


def _check_levels(data: _Data, present: Sequence[int]) -> None:
    """Name a level at which nobody acts in some way: the logit has no finite solution then."""
    named = [(area, at) for at, area in enumerate(data.matrix.areas)]
    named += [(f"{t.condition}: {t.level}", t.column) for t in data.matrix.terms if t.is_level]
    for name, column in named:
        at = data.x[:, column] > 0
        for code in present:
            if not ((data.y == code) & at).any():
                raise BadInput(
                    f"nobody of “{name}” acts “{WAYS[code]}”, so the model has no finite solution; "
                    "leave the condition out or join its levels."
                )


def _check_untouched(design: Design, conditions: Sequence[str], control: bool) -> None:
    for outcome in design.outcomes:
        if outcome.key in conditions and outcome.asked == "after" and not control:
            raise BadInput(
                f"“{outcome.key}” was asked after the nudge, which may have changed it; conditions "
                "are covariates and items asked before."
            )


def _told(found: Acting, data: _Data) -> list[str]:
    counted = int((~np.isnan(found.codes)).sum())
    notes = [ASSOCIATION, f"Who counts: {found.population}; {counted:,} said how they act."]
    if found.left_out:
        notes.append(f"{found.left_out:,} are left out, since a nudge came before the question.")
    if counted > len(data.y):
        notes.append(
            f"{counted - len(data.y):,} are left out of the models for want of an answer on a "
            f"condition or of a weight; {len(data.y):,} are in them."
        )
    notes += [f"“{name}” does not vary here, so it is left out." for name in data.matrix.dropped]
    return notes
