"""Secondary suppression: hide as little more as it takes that no hidden cell is given back.

Each cell that must be hidden needs a feasible range at least as wide as the threshold. What else
is hidden is chosen in two steps: line by line, cheaply, and then, for each cell whose range was
not yet shown to be wide enough, by the linear programme of Kelly, Golden and Assad (1992): move
the cell by what it lacks at the least cost of moving cells that are still shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from .ranges import extreme_table, programme

MOVED = 1e-7  # below this a cell of a linear programme has not moved
ROUNDS = 40  # of tables that widen many ranges at once
TOGETHER = 8  # cells that one programme protects
FEW = 3  # lacking cells; for more it pays to look once for all


@dataclass(frozen=True)
class Cells:
    """The cells of a table and what of them adds up.

    Parameters
    ----------
    counts : array of float, shape (cells,)
    relations : sparse matrix, shape (relations, cells)
        Parts 1, total -1.
    cost : array of float, shape (cells,)
        What hiding each would lose.
    fixed : array of bool, shape (cells,)
        Known to a reader whatever is hidden here.
    """

    counts: Any
    relations: Any
    cost: Any
    fixed: Any


def protect(cells: Cells, primary: Any, width: float) -> tuple[Any, Any]:
    """Choose what to hide beside the cells that must be.

    Returns
    -------
    hidden : array of bool
        All cells to hide.
    exposed : array of bool
        Hidden cells whose range stays narrower than `width` whatever is hidden, because too much
        of the table is known.
    """
    return _Search(cells, np.asarray(primary, dtype=bool), width).run()


class _Search:
    """Keeps what is hidden, and the least and greatest value met of each cell in any table."""

    def __init__(self, cells: Cells, primary: Any, width: float) -> None:
        self.cells, self.width = cells, width
        self.counts = np.asarray(cells.counts, dtype=float)
        self.lines = sparse.csr_matrix(cells.relations)
        self.fixed = np.asarray(cells.fixed, dtype=bool)
        self.hidden = primary.copy()
        self.low, self.high = self.counts.copy(), self.counts.copy()
        self.exposed = primary & self.fixed

    def run(self) -> tuple[Any, Any]:
        if self.hidden.any() and self.lines.shape[0]:
            self._line_by_line()
            self._widen()
            while len(lacking := np.flatnonzero(self._lacking())):
                self._protect_some(lacking[np.argsort(self.cells.cost[lacking])])
        return self.hidden, self.exposed & self.hidden

    def _lacking(self) -> Any:
        free = np.asarray(abs(self.lines).sum(axis=0)).ravel() == 0
        return self.hidden & ~self.exposed & ~free & (self.high - self.low < self.width - 1e-6)

    def _line_by_line(self) -> None:
        """Hide the cheapest until no shown total leaves its hidden parts too little room."""
        waiting = list(range(self.lines.shape[0]))
        reach = self.lines.tocsc()
        while waiting:
            line = waiting.pop()
            if (cell := self._cheapest(line)) is not None:
                self.hidden[cell] = True
                waiting += reach.indices[reach.indptr[cell] : reach.indptr[cell + 1]].tolist()

    def _cheapest(self, line: int) -> int | None:
        part = slice(self.lines.indptr[line], self.lines.indptr[line + 1])
        places, signs = self.lines.indices[part], self.lines.data[part]
        hidden = self.hidden[places]
        if not hidden.any():
            return None
        total_hidden = (hidden & (signs < 0)).any()
        room = self.counts[places[hidden]].sum()
        if hidden.sum() > 1 and (total_hidden or room >= self.width):
            return None
        lacks = 0 if total_hidden else self.width - room
        free = places[~hidden & ~self.fixed[places]]
        if not len(free):
            return None
        short = np.maximum(lacks - self.counts[free], 0) / self.width
        return int(free[np.argmin(self.cells.cost[free] * (1 + short))])

    def _widen(self) -> None:
        """Find tables that show many ranges to be wide enough at once."""
        rng = np.random.default_rng(0)
        for turn in range(ROUNDS):
            lacking = self._lacking()
            if not lacking.any():
                return
            before = self.high.sum() - self.low.sum()
            if turn < 2:  # downwards first: most cells can be 0 in some table
                self._meet(self._solve(np.where(self.hidden, rng.uniform(1, 2, len(lacking)), 0)))
            self._meet(self._reach(lacking))
            if turn > 1 and self.high.sum() - self.low.sum() <= before + MOVED:
                return

    def _solve(self, cost: Any) -> Any | None:
        return extreme_table(self.counts, self.lines, self.hidden & ~self.fixed, cost)

    def _reach(self, lacking: Any) -> Any:
        """Return the table in which as many cells as possible reach what their range lacks."""
        size, places = len(self.counts), np.flatnonzero(lacking)
        # Each lacking cell is split in two: what counts up to its goal, and the rest.
        lines = sparse.hstack([self.lines, self.lines[:, places]]).tocsr()
        goal = np.full(size + len(places), np.inf)
        goal[size:] = self.low[places] + self.width
        cost = np.concatenate([np.zeros(size), np.full(len(places), -1.0)])
        counts = np.concatenate([self.counts, np.zeros(len(places))])
        free = np.concatenate([self.hidden & ~self.fixed, np.ones(len(places), dtype=bool)])
        found = extreme_table(counts, lines, free, cost, goal)
        if found is None:
            return None
        table = found[:size].copy()
        table[places] += found[size:]
        return table

    def _meet(self, table: Any | None) -> None:
        if table is not None:
            np.minimum(self.low, table, out=self.low)
            np.maximum(self.high, table, out=self.high)

    def _protect_some(self, lacking: Any) -> None:
        """Hide what it costs least to hide so that some cells can be higher by what they lack."""
        chosen = self._apart(lacking)
        moved = self._move(chosen)
        if moved is None and len(chosen) > 1:
            chosen = chosen[:1]
            moved = self._move(chosen)
        if moved is None:
            self.exposed[chosen] = True
            return
        self.hidden |= np.abs(moved) > MOVED
        self._meet(self.counts + moved)
        if self._lacking().sum() > FEW:
            self._meet(self._reach(self._lacking()))

    def _apart(self, lacking: Any) -> Any:
        """Take some cells that share no line: one programme then serves them all."""
        taken: list[int] = []
        lines: set[int] = set()
        reach = self.lines.tocsc()
        for cell in lacking:
            own = set(reach.indices[reach.indptr[cell] : reach.indptr[cell + 1]].tolist())
            if not own & lines:
                taken.append(int(cell))
                lines |= own
            if len(taken) == TOGETHER:
                break
        return np.array(taken)

    def _move(self, chosen: Any) -> Any | None:
        """Find the cheapest other table in which these cells are as high as they must be able to.

        None where there is none, since too much is known.
        """
        free = np.flatnonzero(~self.fixed)
        cost = np.where(self.hidden, 1e-6, self.cells.cost)[free]
        lines, size = self.lines[:, free], len(free)
        lows = np.zeros(2 * size)
        tops = np.concatenate([np.full(size, np.inf), self.counts[free]])
        places = np.searchsorted(free, chosen)
        need = self.width - (self.counts[chosen] - self.low[chosen])
        lows[places], tops[places], tops[size + places] = need, need, 0
        moves: Any = sparse.hstack([lines, -lines]).tocsr()
        answer = programme(
            np.concatenate([cost, cost]), moves, np.zeros(lines.shape[0]), lows, tops
        )
        if answer.status != 0:
            return None
        moved = np.zeros(len(self.counts))
        moved[free] = answer.x[:size] - answer.x[size:]
        return moved
