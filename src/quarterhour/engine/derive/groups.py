"""Rows that belong together: sort by keys and see where runs of equal keys begin; the different values of a column."""

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
#: Values spread over up to so many places a row are marked off in a table, others sorted.
_WIDEST: Final = 8
#: Of values spread wider the different ones mostly are few, as codes are, and each has one of so many slots to itself.
_SLOTS: Final = 1 << 14
#: The golden ratio as a part of 2 to the 64: its multiples lie far apart.
_SCATTERING: Final = np.uint64(0x9E3779B97F4A7C15)


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
    packed, span = _pack(keys)
    # Files mostly come in order already, and seeing that costs a tenth of sorting.
    if (packed[1:] >= packed[:-1]).all():
        return Groups(np.arange(rows), _turns(packed))
    bits = rows.bit_length()
    if span << bits > _ROOM:
        order = np.argsort(packed, kind="stable")
        return Groups(order, _turns(packed[order]))
    # Numbers that hold their own row are sorted several times faster than rows by their numbers.
    packed <<= bits
    packed |= np.arange(rows)
    packed.sort()
    return Groups(packed & ((1 << bits) - 1), _turns(packed >> bits))


def runs(ordered: IntArray) -> Groups:
    """Group rows that stand in order of their key."""
    starts = _turns(ordered) if ordered.size else np.zeros(1, dtype=np.int64)
    return Groups(np.arange(ordered.size), starts)


def numbered(*keys: IntArray) -> IntArray:
    """For every row the number of its group, groups by rising keys, the first key slowest."""
    if keys[0].size == 1:
        return np.zeros(1, dtype=np.int64)
    groups = group(*keys)
    found = np.empty(groups.order.size, dtype=np.int64)
    found[groups.order] = groups.of
    return found


def distinct(values: IntArray) -> tuple[IntArray, IntArray]:
    """The different values, rising, and for every value its place among them."""
    if values.size <= _FEW:
        several = values.tolist()
        found = sorted(set(several))
        place = {value: number for number, value in enumerate(found)}
        return np.array(found, dtype=np.int64), np.array([place[value] for value in several], dtype=np.int64)
    least = int(values.min(initial=0))
    shifted = values - least
    span = int(shifted.max(initial=0)) + 1
    if span > _WIDEST * values.size:
        scattered = _scattered(values) if values.size > _SLOTS else None
        return np.unique(values, return_inverse=True) if scattered is None else scattered
    met = np.zeros(span, dtype=np.bool_)
    met[shifted] = True
    marked = np.flatnonzero(met)
    place_of = np.empty(span, dtype=np.int64)
    place_of[marked] = np.arange(marked.size)
    return marked + least, place_of[shifted]


def _scattered(values: IntArray) -> tuple[IntArray, IntArray] | None:
    """As :func:`distinct`, for a few values far apart; None where two of them fall into one slot."""
    slots = ((values.view(np.uint64) * _SCATTERING) >> np.uint64(65 - _SLOTS.bit_length())).view(np.int64)
    held = np.zeros(_SLOTS, dtype=np.int64)
    held[slots] = values
    if (held[slots] != values).any():
        return None
    met = np.zeros(_SLOTS, dtype=np.bool_)
    met[slots] = True
    used = np.flatnonzero(met)
    used = used[np.argsort(held[used])]
    place_of = np.empty(_SLOTS, dtype=np.int64)
    place_of[used] = np.arange(used.size)
    return held[used], place_of[slots]


def _turns(ordered: IntArray) -> IntArray:
    """Where a run of equal keys begins, and the end."""
    turns = np.ones(ordered.size + 1, dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=turns[1:-1])
    return np.flatnonzero(turns)


def _pack(keys: tuple[IntArray, ...]) -> tuple[IntArray, int]:
    """One key from 0 on that sorts as the keys do one after the other, and how many values it may have.

    Sorting one array beats sorting five.
    """
    packed, span = np.zeros(0, dtype=np.int64), 1
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
        if span > 1:
            # In place, since a new array costs more than the sum.
            packed *= width
            packed += dense
        else:
            packed = dense
        span *= width
    return packed, span


def _group_few(keys: list[list[int]]) -> Groups:
    whole = list(zip(*keys, strict=True))
    order = sorted(range(len(whole)), key=whole.__getitem__)
    starts = [place for place, row in enumerate(order) if place == 0 or whole[row] != whole[order[place - 1]]]
    return Groups(np.array(order, dtype=np.int64), np.array([*starts, len(order)], dtype=np.int64))
