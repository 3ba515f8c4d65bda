"""Treatment days of courses in order, and runs of days that say the same."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class TreatmentDays(msgspec.Struct, frozen=True):
    """The days of all courses, course after course and by date within each.

    Of every visit, in that order: ``visits`` its row in the visit table, ``day_of`` its day. Of every day: ``starts``
    where its visits begin (with one more entry for the end), ``day`` its date, ``begins`` whether it is the first of
    its course, ``start`` where its course begins, ``number`` which of its course's days it is, from 1.
    """

    visits: IntArray
    day_of: IntArray
    starts: IntArray
    day: IntArray
    begins: BoolArray
    start: IntArray
    number: IntArray

    def sums(self, values: IntArray) -> IntArray:
        """Sums over the visits of every day; ``values`` are one a visit, in the order of ``visits``."""
        found = np.zeros(self.day.size, dtype=values.dtype)
        np.add.at(found, self.day_of, values)
        return found

    def largest(self, values: IntArray) -> IntArray:
        """The largest value of the visits of every day."""
        return self._outermost(np.maximum, values)

    def any(self, values: BoolArray) -> BoolArray:
        """Whether it holds of a visit of every day."""
        found = np.zeros(self.day.size, dtype=np.bool_)
        found[self.day_of[np.flatnonzero(values)]] = True
        return found

    def agreed(self, said: IntArray, there: BoolArray) -> tuple[IntArray, BoolArray]:
        """What the visits of every day say, of those that say anything, and whether they say one thing.

        ``said`` may be a number that only tells things apart: no order of such numbers decides anything.
        """
        limits = np.iinfo(np.int64)
        least = self._outermost(np.minimum, np.where(there, said, limits.max))
        most = self._outermost(np.maximum, np.where(there, said, limits.min))
        return most, least == most

    def _outermost(self, choice: np.ufunc, values: IntArray) -> IntArray:
        found = values[self.starts[:-1]]
        choice.at(found, self.day_of, values)
        return found

    def run(self, said: IntArray, known: BoolArray) -> IntArray:
        """How many days in a row, every day included, have said the same; ABSENT where a day says nothing."""
        place = np.arange(said.size)
        turns = self.begins | ~known
        turns[1:] |= (said[1:] != said[:-1]) | ~known[:-1]
        return np.where(known, place - np.maximum.accumulate(np.where(turns, place, 0)) + 1, ABSENT)

    def ended_run(self, said: IntArray, known: BoolArray) -> IntArray:
        """As :meth:`run`, and 0 on a day that the next one goes on."""
        run = self.run(said, known)
        goes_on = np.zeros(run.size, dtype=np.bool_)
        goes_on[:-1] = run[1:] > 1
        return np.where(goes_on, 0, run)


def mixed(*columns: IntArray) -> IntArray:
    """One number for every row of some columns, such that sums of them are the same only where the rows are.

    Each step is that of the generator SplitMix64, so chance alone makes two different sums equal, once in 2 to the 64.
    """
    found = np.zeros(columns[0].size, dtype=np.uint64)
    for column in columns:
        found = found * np.uint64(0x9E3779B97F4A7C15) + column.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        found = (found ^ (found >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        found = (found ^ (found >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        found ^= found >> np.uint64(31)
    return found.view(np.int64)
