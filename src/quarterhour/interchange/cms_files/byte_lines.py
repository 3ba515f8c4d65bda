"""Lines of a large text as arrays of places in its bytes, so that no line becomes an object of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_BLOCK: Final = 1 << 24
_LINE_FEED, _RETURN, _TAB, _SPACE = b"\n\r\t "
_CODE_PLACES: Final = 5
_DAY_PLACES: Final = 8
_OTHER: Final = 99


def _digits() -> NDArray[np.int8]:
    found = np.full(256, _OTHER, dtype=np.int8)
    found[ord("0") : ord("9") + 1] = range(10)
    found[ord("A") : ord("Z") + 1] = range(10, 36)
    return found


_DIGIT: Final = _digits()
_LENGTHS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_BEFORE: Final = np.array([0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334])


class Block(msgspec.Struct, frozen=True):
    """Whole lines. Line ``n`` is ``bytes[starts[n]:ends[n]]``, without its end, and has the number ``numbers[n]``.

    Blank lines, and lines of nothing but tabs, are left out. ``ended``: the last line has a line feed.
    """

    bytes: Bytes
    starts: IntArray
    ends: IntArray
    numbers: IntArray
    ended: bool


def blocks(pieces: Iterable[bytes], *, skip: int, size: int = _BLOCK) -> Iterator[Block]:
    """The lines after the first ``skip``, some megabytes at a time. Where the pieces begin and end does not matter."""
    held = rest = b""
    begin = 1
    for piece in _gathered(pieces, size):
        whole, feed, rest = (rest + piece).rpartition(b"\n")
        if feed:
            if held:
                block, begin = _block(held, begin, skip)
                yield block
            held = whole + feed
    # A last line without a line feed stays with the lines before it, which say what such a line looks like.
    if held or rest:
        yield _block(held + rest, begin, skip)[0]


def code_numbers(content: Bytes, starts: IntArray, ends: IntArray) -> tuple[IntArray, BoolArray]:
    """The codes of cells as numbers (``domain.code``), and whether each is one."""
    digits = _DIGIT[_gather(content, starts, _CODE_PLACES)]
    ok = (ends - starts == _CODE_PLACES) & (digits[:, [0, 4]] < 36).all(axis=1) & (digits[:, 1:4] < 10).all(axis=1)
    return digits.astype(np.int64) @ (36 ** np.arange(_CODE_PLACES - 1, -1, -1)), ok


def day_numbers(content: Bytes, starts: IntArray, ends: IntArray) -> tuple[IntArray, BoolArray]:
    """The dates yyyymmdd of cells as ordinals, and whether each is one."""
    digits = _DIGIT[_gather(content, starts, _DAY_PLACES)].astype(np.int64)
    year = digits[:, :4] @ (1000, 100, 10, 1)
    month = digits[:, 4] * 10 + digits[:, 5]
    day = digits[:, 6] * 10 + digits[:, 7]
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    safe = np.where((month >= 1) & (month <= 12), month, 0)
    ok = (
        (ends - starts == _DAY_PLACES)
        & (digits < 10).all(axis=1)
        & (safe > 0)
        & (year > 0)
        & (day >= 1)
        & (day <= _LENGTHS[safe] + (leap & (safe == 2)))
    )
    past = year - 1
    ordinal = past * 365 + past // 4 - past // 100 + past // 400 + _BEFORE[safe] + (leap & (safe > 2)) + day
    return ordinal, ok


def _gathered(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    gathered: list[bytes] = []
    held = 0
    for piece in pieces:
        gathered.append(piece)
        held += len(piece)
        if held >= size:
            yield b"".join(gathered)
            gathered, held = [], 0
    yield b"".join(gathered)


def _block(content: bytes, begin: int, skip: int) -> tuple[Block, int]:
    """The lines of some bytes whose first line has the number ``begin``, and the number of the line after them."""
    found = np.frombuffer(content, dtype=np.uint8)
    feeds = np.flatnonzero(found == _LINE_FEED)
    ended = bool(feeds.size) and feeds[-1] == found.size - 1
    ends = feeds if ended else np.append(feeds, found.size)
    starts = np.append(0, ends[:-1] + 1)
    numbers = np.arange(begin, begin + ends.size)
    nonempty = ends > starts
    returned = np.zeros(ends.size, dtype=np.bool_)
    returned[nonempty] = found[ends[nonempty] - 1] == _RETURN
    ends = ends - returned
    kept = (ends > starts) & (numbers > skip)
    # A spreadsheet's empty rows come out as tabs alone; the first byte says where to look closer.
    for place in np.flatnonzero(kept)[np.isin(found[starts[kept]], (_TAB, _SPACE))]:
        kept[place] = not np.isin(found[starts[place] : ends[place]], (_TAB, _SPACE)).all()
    return Block(found, starts[kept], ends[kept], numbers[kept], ended), begin + starts.size


def _gather(content: Bytes, starts: IntArray, places: int) -> Bytes:
    """So many bytes from each start on; past the end of the content the last byte again, which the caller refuses."""
    gathered: Bytes = content[np.minimum(starts[:, None] + np.arange(places), content.size - 1)]
    return gathered
