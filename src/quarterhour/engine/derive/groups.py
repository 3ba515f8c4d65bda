"""Rows that belong together: sort by keys, and where each run of equal keys begins."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
#: Up to so many rows Python sorts faster than array calls can be set up.
_FEW: Final = 48
#: What fits a signed integer of 64 bits, with room to spare.
_ROOM: Final = 1 << 62


class Groups(msgspec.Struct, frozen=True):
    """``order`` sorts the rows; group ``g`` is ``order[starts[g]:starts[g + 1]]``."""

    order: IntArray
    starts: IntArray

    @property
    def count(self) -> int:
        """How many groups there are."""
        return self.starts.size - 1

    @property
    def of(self) -> IntArray:
        """The group of every row, in sorted order."""
        return np.repeat(np.arange(self.count), self.starts[1:] - self.starts[:-1])

    @property
    def first(self) -> IntArray:
        """The first row of every group, in the order the rows came."""
        return self.order[self.starts[:-1]]

    def sums(self, values: IntArray) -> IntArray:
        """Sums over every group."""
        return np.add.reduceat(values[self.order], self.starts[:-1]) if self.count else values[:0]

    def any(self, values: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether any row of a group holds."""
        return np.logical_or.reduceat(values[self.order], self.starts[:-1]) if self.count else values[:0]


def group(*keys: IntArray) -> Groups:
    """Group rows by keys, the first key slowest; rows of a group keep their order."""
    rows = keys[0].size
    if rows <= _FEW:
        return _group_few([key.tolist() for key in keys])
    packed = _pack(keys)
    order = np.argsort(packed, kind="stable")
    ordered = packed[order]
    return Groups(order, np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1], [True]))))


def _pack(keys: tuple[IntArray, ...]) -> IntArray:
    """One key that sorts as the keys do one after the other: sorting one array beats sorting five."""
    packed, span = np.zeros(keys[0].size, dtype=np.int64), 1
    for key in keys:
        least = int(key.min())
        width = int(key.max()) - least + 1
        if span * width > _ROOM:
            packed = np.unique(packed, return_inverse=True)[1]
            span = int(packed.max()) + 1
        dense = key - least
        if span * width > _ROOM:
            dense = np.unique(key, return_inverse=True)[1]
            width = int(dense.max()) + 1
        packed = packed * width + dense
        span *= width
    return packed


def _group_few(keys: list[list[int]]) -> Groups:
    whole = list(zip(*keys, strict=True))
    order = sorted(range(len(whole)), key=whole.__getitem__)
    starts = [place for place, row in enumerate(order) if place == 0 or whole[row] != whole[order[place - 1]]]
    return Groups(np.array(order, dtype=np.int64), np.array([*starts, len(order)], dtype=np.int64))
