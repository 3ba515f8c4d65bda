"""Which claims were answered and when, of millions in a few bytes each."""

from __future__ import annotations

import hashlib
from array import array

import numpy as np
from numpy.typing import NDArray


class Marks:
    """Control numbers by a mark of eight bytes, each with a day (ordinal)."""

    def __init__(self) -> None:
        """Begin with none."""
        self._marks, self._days = array("Q"), array("l")
        self._sorted: tuple[NDArray[np.uint64], NDArray[np.int64]] | None = None

    def __len__(self) -> int:
        return len(self._marks)

    def __contains__(self, name: str) -> bool:
        first, last = self._span(name)
        return first < last

    def add(self, name: str, day: int = 0) -> None:
        """Take in a control number."""
        self._marks.append(_mark(name))
        self._days.append(day)
        self._sorted = None

    def latest(self, name: str) -> int:
        """The latest of its days; 0 where there is none."""
        first, last = self._span(name)
        return int(self._laid_out()[1][first:last].max(initial=0))

    def all_in(self, other: Marks) -> bool:
        """Whether another has every one of them."""
        own, others = self._laid_out()[0], other._laid_out()[0]
        return bool(np.isin(own, others).all())

    def _span(self, name: str) -> tuple[int, int]:
        marks, wanted = self._laid_out()[0], np.uint64(_mark(name))
        return int(np.searchsorted(marks, wanted, side="left")), int(np.searchsorted(marks, wanted, side="right"))

    def _laid_out(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        if self._sorted is None:
            marks, days = np.array(self._marks, dtype=np.uint64), np.array(self._days, dtype=np.int64)
            turn = np.argsort(marks, kind="stable")
            self._sorted = marks[turn], days[turn]
        return self._sorted


def _mark(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest())
