"""Where arrangements of arms come from: drawn, all there are, or given."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .shuffling import shuffled
from .units import Codes, Unit

__all__ = [
    "Every",
    "Source",
    "chunks",
    "count_arrangements",
    "drawn",
    "generator",
    "given",
    "shuffled",
]

# Draws of one seed, whatever runs them: fixed, so that results are the same on any processors.
CHUNK = 250
TABLES = 1_000  # of value tables, which are small

# A source makes the arm codes of one chunk, block by block: (draws of the chunk, units) each.
Source = Callable[[int], "list[Codes]"]
Generators = Callable[[int], np.random.Generator]  # one a chunk


def chunks(draws: int, size: int = CHUNK) -> list[int]:
    """The sizes of the chunks that make up the draws."""
    return [min(size, draws - start) for start in range(0, draws, size)]


def generator(seed: int, wave: int, group: int, chunk: int) -> np.random.Generator:
    """The generator of one chunk, independent of every other chunk's."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(wave, group, chunk)))


def drawn(units: Sequence[Unit], draws: int, generator: Generators) -> Source:
    """Permute arms within each block."""
    sizes = chunks(draws)

    def source(chunk: int) -> list[Codes]:
        rng = generator(chunk)
        return [shuffled(rng, unit.arm, sizes[chunk]) for unit in units]

    return source


def given(units: Sequence[Unit], permutations: NDArray[np.integer]) -> Source:
    """Take arm codes (draws, rows) as they are."""

    def source(chunk: int) -> list[Codes]:
        part = permutations[chunk * CHUNK : (chunk + 1) * CHUNK]
        return [part[:, unit.rows].astype(np.uint8) for unit in units]

    return source


@dataclass(frozen=True)
class Every:
    """Every arrangement of some blocks: the product of each block's own."""

    units: Sequence[Unit]

    @cached_property
    def _own(self) -> list[Codes]:
        return [_arrangements(unit.arm) for unit in self.units]

    def __call__(self, chunk: int) -> list[Codes]:
        """The arm codes of one chunk, by block."""
        shape = tuple(len(own) for own in self._own)
        number = np.arange(chunk * CHUNK, min((chunk + 1) * CHUNK, math.prod(shape)))
        picked = np.unravel_index(number, shape)
        return [own[index] for own, index in zip(self._own, picked, strict=True)]


def count_arrangements(units: Sequence[Unit]) -> float:
    """How many different allocations the blocks could have had, with their arm sizes.

    Infinite above e²⁰⁰, by logarithms first: the number itself has 10⁵ digits in a large block.
    """
    sizes = [np.bincount(unit.arm).tolist() for unit in units]
    logs = [math.lgamma(sum(n) + 1) - sum(math.lgamma(k + 1) for k in n) for n in sizes]
    return math.inf if sum(logs) > 200 else math.prod(_count(n) for n in sizes)


def _count(sizes: list[int]) -> int:
    found, left = 1, sum(sizes)
    for size in sizes:
        found *= math.comb(left, size)
        left -= size
    return found


def _arrangements(arm: Codes) -> Codes:
    """Every different order of the arm codes: (arrangements, units)."""
    counts = np.bincount(arm).tolist()
    rows: list[list[int]] = [[]]
    for _ in range(len(arm)):
        rows = [
            [*row, code] for row in rows for code, n in enumerate(counts) if row.count(code) < n
        ]
    return np.asarray(rows, dtype=np.uint8).reshape(len(rows), len(arm))
