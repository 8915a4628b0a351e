"""Several texts compared at once: every code, the codes together, and draws of texts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import BadInput
from .coefficients import COEFFICIENTS, UNITISING, agreed, compute, compute_pooled
from .sums import Sums, add_up, stack, sums_of
from .texts import Grid, Text, all_codes, cut, everyone
from .unitising import Continuum, disagreements, lay_out

Array = np.ndarray[Any, Any]
Draws = Array  # (draws, texts): how often each draw holds each text


@dataclass(frozen=True)
class Comparison:
    """Texts cut up and added up once; each question is then a few products.

    `by_code` has axes (texts, codes) with the categories “not coded” and “coded”, `as_sets` the
    axis (texts) with a category for each set of codes that a stretch bears, nothing included.
    """

    texts: int
    coders: list[Hashable]
    codes: list[Hashable]
    by_code: Sums
    as_sets: Sums
    continua: list[Continuum]


def compare(
    texts: Sequence[Text],
    unit: str = "character",
    coders: Sequence[Hashable] | None = None,
    codes: Sequence[Hashable] | None = None,
    *,
    unitising: bool = False,
) -> Comparison:
    """Cut up and add up texts.

    Raises BadInput with fewer than two coders, for unitising by another unit than characters, and
    for codings or units that cannot be.
    """
    people = list(coders) if coders is not None else everyone(texts)
    if len(people) < 2:
        raise BadInput("Agreement needs two coders or more.")
    known = list(codes) if codes is not None else all_codes(texts)
    if unitising and unit != "character":
        raise BadInput("Unitising alpha works on characters; choose the unit “character”.")
    grids = [cut(text, unit, people, known) for text in texts]
    complete = [text for text in texts if set(people) <= text.present] if unitising else []
    return Comparison(
        len(texts),
        people,
        known,
        stack([_by_code(grid, len(people)) for grid in grids]),
        stack(_as_sets(grids, len(people))),
        [lay_out(complete, people, code) for code in known] if complete else [],
    )


def _by_code(grid: Grid, people: int) -> Sums:
    coded = grid.applied.sum(1).astype(float)
    there = np.full_like(coded, len(grid.places))
    sums = add_up(np.stack([there - coded, coded], axis=-1), grid.weights)
    if people != 2 or len(grid.places) != 2:
        return sums
    marked = (grid.applied * grid.weights).sum(2)
    both = np.stack([grid.weights.sum() - marked, marked], axis=-1)
    return Sums(**{**vars(sums), "first": both[:, 0], "second": both[:, 1]})


def _as_sets(grids: Sequence[Grid], people: int) -> list[Sums]:
    """Number the sets of codes that stretches bear, and add those up as categories."""
    packed = [np.packbits(np.moveaxis(grid.applied, 0, -1), axis=-1) for grid in grids]
    width = packed[0].shape[-1]
    rows = np.concatenate([part.reshape(-1, width) for part in packed])
    if width:
        _, numbers = np.unique(rows, axis=0, return_inverse=True)
    else:
        numbers = np.zeros(len(rows), dtype=int)
    sums, at, categories = [], 0, max(2, int(numbers.max(initial=0)) + 1)
    for grid, part in zip(grids, packed, strict=True):
        size = part.shape[0] * part.shape[1]
        ratings = np.full((people, part.shape[1]), -1)
        ratings[grid.places] = numbers[at : at + size].reshape(part.shape[:2])
        sums.append(sums_of(ratings, grid.weights, categories))
        at += size
    return sums


def check_coefficient(coefficient: str, coders: int) -> None:
    """Raise BadInput for an unknown coefficient, and for Cohen's kappa of more than two."""
    if coefficient not in COEFFICIENTS:
        known = ", ".join(COEFFICIENTS)
        raise BadInput(f"There is no coefficient “{str(coefficient)[:40]}”; choose {known}.")
    if coefficient == "cohen_kappa" and coders != 2:
        raise BadInput("Cohen’s kappa compares two coders; choose two, or another coefficient.")


def draw_texts(texts: int, draws: int, seed: int) -> Draws:
    """Draw as many texts as there are, with replacement, again and again."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(texts, np.full(texts, 1 / texts), size=draws).astype(float)


def measure(found: Comparison, coefficient: str, draws: Draws) -> tuple[Array, Array, Array]:
    """Compute a coefficient for each draw: of each code, of the codes pooled, of sets of codes.

    Returns arrays (draws, codes), (draws,) and (draws,); not a number where chance leaves nothing
    to expect. Unitising alpha has no sets: coders' passages overlap there as they are.
    """
    check_coefficient(coefficient, len(found.coders))
    if coefficient == UNITISING:
        return _measure_unitising(found, draws)
    by_code = found.by_code.map(lambda part: np.tensordot(draws, part, (1, 0)))
    as_sets = found.as_sets.map(lambda part: np.tensordot(draws, part, (1, 0)))
    return (
        compute(by_code, coefficient),
        compute_pooled(by_code, coefficient),
        compute(as_sets, coefficient),
    )


def _measure_unitising(found: Comparison, draws: Draws) -> tuple[Array, Array, Array]:
    nothing = np.full(len(draws), np.nan)
    if not found.continua:
        return np.full((len(draws), len(found.codes)), np.nan), nothing, nothing
    if len(found.continua[0].lengths) != found.texts:
        raise BadInput("Unitising alpha compares texts that every one of the coders coded.")
    pairs = [disagreements(continuum, draws) for continuum in found.continua]
    observed, expected = (np.stack(part, axis=-1) for part in zip(*pairs, strict=True))
    return agreed((observed, expected)), agreed((observed.sum(-1), expected.sum(-1))), nothing
