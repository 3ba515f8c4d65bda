"""Texts of a column looked at all at once, by their bytes: most columns are seen to need no look at each text."""

from __future__ import annotations

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from quarterhour.domain.columns import IntArray

#: What is seen at either end of a text that has nothing to be taken off: any sign of ASCII but blanks and controls.
_FIRST_SEEN, _LAST_SEEN = ord("!"), ord("~")
_APOSTROPHE, _POINT, _ZERO = ord("'"), ord("."), ord("0")
_LAST_DIGIT = 9
#: The digits behind the point of an amount in full, and how long such an amount may be, as 1.00 and 123456789012.00.
_CENTS_DIGITS = 2
_SHORTEST, _LONGEST = 4, 15


class Letters(msgspec.Struct, frozen=True):
    """The bytes of texts in UTF-8 and where each text begins and ends; use :func:`letters`."""

    data: NDArray[np.uint8]
    begins: NDArray[np.int32]
    ends: NDArray[np.int32]

    @property
    def bare(self) -> bool:
        """Whether every text begins and ends with a sign that is surely no blank, so that none is empty either."""
        if not self.begins.size:
            return True
        if (self.begins == self.ends).any():
            return False
        first, last = self.data[self.begins], self.data[self.ends - 1]
        least, most = min(int(first.min()), int(last.min())), max(int(first.max()), int(last.max()))
        return least >= _FIRST_SEEN and most <= _LAST_SEEN

    @property
    def guarded(self) -> bool:
        """Whether a text begins with an apostrophe; none may be empty."""
        return bool((self.data[self.begins] == _APOSTROPHE).any())

    def cents(self) -> IntArray | None:
        """The amounts written in full, as 61.00, in cents; None where a text is anything else."""
        count, lengths = self.begins.size, self.ends - self.begins
        if not count:
            return np.zeros(0, dtype=np.int64)
        if lengths.min() < _SHORTEST or lengths.max() > _LONGEST:
            return None
        data = self.data[self.begins[0] : self.ends[-1]]
        point, ends = data == _POINT, self.ends - self.begins[0]
        # Bytes below that of a zero wrap to large ones.
        written = bool((point | (data - _ZERO <= _LAST_DIGIT)).all())
        if not written or np.count_nonzero(point) != count or not point[ends - _CENTS_DIGITS - 1].all():
            return None
        # Every text loses its point.
        borders = np.zeros(count + 1, dtype=np.int32)
        borders[1:] = ends - np.arange(1, count + 1, dtype=np.int32)
        digits = pa.StringArray.from_buffers(count, pa.py_buffer(borders), pa.py_buffer(data[~point]))
        found: IntArray = digits.cast(pa.int64()).to_numpy(zero_copy_only=False)
        return found


def letters(texts: pa.StringArray) -> Letters:
    """The bytes of an array of texts without an empty place."""
    _, borders, data = texts.buffers()
    if not len(texts) or data is None:
        none = np.zeros(len(texts), dtype=np.int32)
        return Letters(np.zeros(0, dtype=np.uint8), none, none)
    places = np.frombuffer(borders, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return Letters(np.frombuffer(data, dtype=np.uint8), places[:-1], places[1:])
