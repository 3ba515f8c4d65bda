"""Values out of bytes, a whole column at a time.

A *span* is a pair of positions ``[start, end)`` in the bytes of a block; absent elements have ``start == end``. Every
function takes arrays of spans and returns arrays of the same length: no Python object is made for a single element.
The bytes are read eight at a time as little-endian words, so the first character is the lowest byte.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT

IntArray = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Mask = NDArray[np.bool_]
#: Texts of at most eight bytes; longer ones are cut, and reported as too long where the guide allows no more.
Short = NDArray[np.bytes_]

#: Bytes before and after a block, so that a word may be read at every span.
MARGIN: Final = 32
_WORD: Final = 8
_KEEP_LEFT: Final = np.array([(1 << (8 * n)) - 1 for n in range(_WORD + 1)], dtype=np.uint64)
_KEEP_RIGHT: Final = np.array([((1 << (8 * n)) - 1) << (8 * (8 - n)) for n in range(_WORD + 1)], dtype=np.uint64)
_ZEROS: Final = np.uint64(0x3030303030303030)
_HIGH: Final = np.uint64(0xF0F0F0F0F0F0F0F0)
_SIX: Final = np.uint64(0x0606060606060606)
_MINUS, _POINT, _NOUGHT = 45, 46, 48
#: Decimals that the fast way holds without overflow; longer ones are read one by one.
_LONGEST: Final = 15
_BASE36: Final = np.full(256, -1, dtype=np.int64)
_BASE36[48:58] = np.arange(10)
_BASE36[65:91] = np.arange(10, 36)
_EITHER_CASE: Final = _BASE36.copy()
_EITHER_CASE[97:123] = np.arange(10, 36)
_MONTH_DAYS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
_BEFORE_MONTH: Final = np.array([0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334], dtype=np.int64)


def key(text: str) -> int:
    """A text of at most eight characters as the word it is compared with."""
    return int.from_bytes(text.encode("latin-1").ljust(_WORD, b"\0"), "little")


def unkey(word: int) -> str:
    """The text of :func:`key`."""
    return int(word).to_bytes(_WORD, "little").rstrip(b"\0").decode("latin-1")


def words_of(block: Bytes) -> Words:
    """The eight bytes from every position of a block on, without copying; the last seven positions are left out."""
    return np.ndarray(shape=(block.size - _WORD + 1,), dtype="<u8", buffer=block.data, strides=(1,))


def words(view: Words, start: IntArray, end: IntArray) -> Words:
    """The first eight bytes of each span, zero filled: what :func:`key` of the text is."""
    length = end - start
    np.minimum(length, _WORD, out=length)
    found: Words = view[start] & _KEEP_LEFT[length]
    return found


def short(view: Words, start: IntArray, end: IntArray) -> Short:
    """Each span as a text of at most eight bytes."""
    return words(view, start, end).view("S8")


def _number8(view: Words, end: IntArray, length: IntArray) -> tuple[Words, Mask]:
    """The last ``length`` (at most eight) characters before ``end`` as a number, and where they all are digits."""
    keep = _KEEP_RIGHT[length]
    x = (view[end - _WORD] & keep) | (_ZEROS & ~keep)
    good = ((x & _HIGH) == _ZEROS) & (((x + _SIX) & _HIGH) == _ZEROS)
    return _sum_digits(x - _ZEROS), good


def _sum_digits(x: Words) -> Words:
    """Eight digits in eight bytes, the first the lowest, as one number."""
    ten, hundred, myriad = np.uint64(2561), np.uint64(6553601), np.uint64(42949672960001)
    x = (x * ten) >> np.uint64(8)
    x = ((x & np.uint64(0x00FF00FF00FF00FF)) * hundred) >> np.uint64(16)
    return ((x & np.uint64(0x0000FFFF0000FFFF)) * myriad) >> np.uint64(32)


def decimals(block: Bytes, view: Words, start: IntArray, end: IntArray, places: int) -> tuple[IntArray, Mask]:
    """Amounts and quantities as integers of ``10 ** -places``, exact, and where they cannot be read so.

    Absent ones and those that cannot be read are 0. A number with more places than asked for is read if the rest are
    noughts, and otherwise cannot be.
    """
    negative = block[start] == _MINUS
    negative &= end > start
    first = start + negative
    point = end.copy()
    for back in range(1, places + 2):
        at = end - back
        here = (block[at] == _POINT) & (at >= first)
        point[here] = at[here]
    whole = point - first
    value, good = _number8(view, point, np.minimum(whole, _WORD))
    number = value.astype(np.int64)
    fraction = np.maximum(end - point - 1, 0)
    good &= (whole + fraction > 0) & (whole <= _LONGEST)
    wide = np.flatnonzero((whole > _WORD) & good)
    if wide.size:
        upper, upper_good = _number8(view, point[wide] - _WORD, whole[wide] - _WORD)
        number[wide] += upper.astype(np.int64) * 10**_WORD
        good[wide] &= upper_good
    number *= 10**places
    for place in range(1, places + 1):
        there = fraction >= place
        digit = block[point + place * there].astype(np.int64) - _NOUGHT
        good &= ~there | ((digit >= 0) & (digit <= 9))
        number += np.where(there, digit, 0) * 10 ** (places - place)
    np.negative(number, out=number, where=negative)
    absent = end == start
    bad = ~good & ~absent
    number[~good] = 0
    for row in np.flatnonzero(bad):
        exact = _slow_decimal(block[start[row] : end[row]].tobytes(), places)
        if exact is not None:
            number[row], bad[row] = exact, False
    return number, bad


def _slow_decimal(text: bytes, places: int) -> int | None:
    """A number in an unusual but readable form: more noughts, or more digits than the fast way holds."""
    stripped = text.strip()
    if not stripped or not set(stripped) <= set(b"-0123456789."):
        return None
    try:
        scaled = Decimal(stripped.decode()).scaleb(places)
    except InvalidOperation:
        return None
    whole = int(scaled)
    return whole if whole == scaled and abs(whole) < 1 << 62 else None


def wholes(view: Words, start: IntArray, end: IntArray) -> tuple[IntArray, Mask]:
    """Whole numbers of at most fifteen digits; ``ABSENT`` and *bad* where there is none, ``ABSENT`` where empty."""
    length = end - start
    value, good = _number8(view, end, np.minimum(length, _WORD))
    number = value.astype(np.int64)
    good &= (length > 0) & (length <= _LONGEST)
    wide = np.flatnonzero((length > _WORD) & good)
    if wide.size:
        upper, upper_good = _number8(view, end[wide] - _WORD, length[wide] - _WORD)
        number[wide] += upper.astype(np.int64) * 10**_WORD
        good[wide] &= upper_good
    number[~good] = ABSENT
    return number, ~good & (length > 0)


def days(view: Words, start: IntArray, end: IntArray) -> tuple[IntArray, Mask]:
    """``CCYYMMDD`` as ``date.toordinal`` days; ``ABSENT`` where empty, ``ABSENT`` and *bad* where it is no day."""
    length = end - start
    value, good = _number8(view, start + _WORD, np.minimum(length, _WORD))
    good &= length == _WORD
    number = value.astype(np.int64)
    number[~good] = 0
    year, rest = np.divmod(number, 10_000)
    month, day = np.divmod(rest, 100)
    sound = (month >= 1) & (month <= 12) & (year >= 1)
    month = np.where(sound, month, 0)
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    good &= sound & (day >= 1) & (day <= _MONTH_DAYS[month] + (leap & (month == 2)))
    before = year - 1
    ordinal = before * 365 + before // 4 - before // 100 + before // 400
    ordinal += _BEFORE_MONTH[month] + (leap & (month > 2)) + day
    ordinal[~good] = ABSENT
    return ordinal, ~good & (length > 0)


def base36(block: Bytes, start: IntArray, end: IntArray, places: int, *, small: bool = False) -> IntArray:
    """Codes of exactly ``places`` capital letters and digits in base 36 (``domain.code``); ``ABSENT`` for others.

    With ``small`` letters may be small and mean the same.
    """
    digits = _EITHER_CASE if small else _BASE36
    number = np.zeros(start.size, dtype=np.int64)
    bad = end - start != places
    for place in range(places):
        digit = digits[block[start + place]]
        bad |= digit < 0
        number *= 36
        number += digit
    number[bad] = ABSENT
    return number


def as_ints(values: Any) -> IntArray:
    """Anything as the integers of a column."""
    return np.asarray(values, dtype=np.int64)
