"""Rows that belong together: sort by keys, and where each run of equal keys begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Groups:
    """``order`` sorts the rows; group ``g`` is ``order[starts[g]:starts[g + 1]]``; ``of`` is each sorted row's group."""

    order: IntArray
    starts: IntArray

    @property
    def count(self) -> int:
        """How many groups there are."""
        return self.starts.size - 1

    @property
    def of(self) -> IntArray:
        """The group of every row, in sorted order."""
        return np.repeat(np.arange(self.count), np.diff(self.starts))

    @property
    def first(self) -> IntArray:
        """The first row of every group, in the order the rows came."""
        return self.order[self.starts[:-1]]

    def sums(self, values: IntArray) -> IntArray:
        """Sums over every group."""
        return np.add.reduceat(values[self.order], self.starts[:-1]) if self.count else np.zeros(0, dtype=np.int64)

    def any(self, values: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether any row of a group holds."""
        return self.sums(values.astype(np.int64)) > 0

    def complete_sums(self, values: IntArray, absent: int = -1) -> IntArray:
        """Sums over every group, ``absent`` where one of the values is."""
        missing = self.any(values == absent)
        return np.where(missing, absent, self.sums(values))


def group(*keys: IntArray) -> Groups:
    """Group rows by keys, the first key slowest; rows of a group keep their order."""
    rows = keys[0].size
    order = np.lexsort(keys[::-1])
    if rows == 0:
        return Groups(order, np.zeros(1, dtype=np.int64))
    new = np.zeros(rows, dtype=np.bool_)
    new[0] = True
    for key in keys:
        ordered = key[order]
        new[1:] |= ordered[1:] != ordered[:-1]
    return Groups(order, np.append(np.flatnonzero(new), rows))
