"""A block of whole segments, split: where each begins, what it is, and where its elements are.

All positions are into ``block``, which has a margin at both ends. Segment *rows* count from 0 within the block;
elements count from 1 as in the guides (``element(rows, 1)`` of an ``NM1`` is NM101), components likewise.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.columns import Text, decode
from quarterhour.interchange.x12.dialect import Dialect
from quarterhour.interchange.x12.values import MARGIN, Bytes, IntArray, Short, Words, key, words, words_of

Codes = NDArray[np.uint8]
Span = tuple[IntArray, IntArray]
#: Every segment id a guide of ours knows; its place in the list is its number, 0 is any other.
IDENTS: Final = [
    "?", "ISA", "IEA", "GS", "GE", "ST", "SE", "TA1", "BHT", "NM1", "N1", "N2", "N3", "N4", "PER", "HL", "PRV",
    "CUR", "SBR", "PAT", "DMG", "CLM", "DTP", "DTM", "CL1", "PWK", "CN1", "AMT", "REF", "K3", "NTE", "CR1", "CR2",
    "CR3", "CR5", "CR6", "CR7", "CRC", "HI", "QTY", "HCP", "HSD", "CAS", "OI", "MIA", "MOA", "LX", "SV1", "SV2",
    "SV3", "SV4", "SV5", "SV6", "SV7", "TOO", "DN1", "DN2", "PS1", "LIN", "CTP", "SVD", "LQ", "FRM", "MEA", "IMM",
    "BPR", "TRN", "RDM", "TS3", "TS2", "CLP", "SVC", "PLB", "STC", "AK1", "AK2", "AK3", "AK4", "AK5", "AK9", "IK3",
    "IK4", "IK5", "CTX", "INS", "UR", "EB", "EQ", "AAA", "UM", "III", "MSG", "LS", "LE", "NX1", "RMR", "ENT", "ADX",
    "BGN", "HD", "DTM", "COB", "SLN", "LUI", "ICM", "EC", "LC", "FAC", "TST", "BIN",
]  # fmt: skip
NUMBER: Final = {name: number for number, name in reversed(list(enumerate(IDENTS)))}
_LONGEST_IDENT: Final = 3
#: No more elements are asked for; so many positions stand after the last mark, so that asking needs no bound.
_MOST_ELEMENTS: Final = 128
_NUMBER_OF: Final = np.zeros(1 << 24, dtype=np.uint8)
for _name, _number in NUMBER.items():
    if _number:
        # Ids in small letters are read too, and told of.
        for _letters in itertools.product(*({_sign, _sign.lower()} for _sign in _name)):
            _NUMBER_OF[key("".join(_letters))] = _number
#: What may stand between a terminator and the next segment: white space, a byte order mark, an end-of-file sign.
BETWEEN: Final = np.zeros(256, dtype=np.bool_)
BETWEEN[list(b"\0\t\n\v\f\r \x1a\xef\xbb\xbf")] = True


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments of a block. ``first`` and ``last`` are places in ``marks``, the positions of all separators."""

    block: Bytes
    view: Words
    dialect: Dialect
    marks: IntArray
    first: IntArray
    last: IntArray
    begin: IntArray
    ident: Codes
    #: The positions of all component separators.
    inner: IntArray
    #: The number of each segment in the file, from 1, and the byte of the file it begins at.
    number: IntArray
    offset: IntArray
    #: The first so many rows were given with an earlier part of the file and stand here for what follows them.
    carried: int
    #: Positions in the block between which the bytes are those of this part of the file.
    start: int
    stop: int

    def __len__(self) -> int:
        return self.begin.size

    def rows(self, *names: str) -> IntArray:
        """The rows of segments of some ids, in order."""
        found = self.ident == NUMBER[names[0]]
        for name in names[1:]:
            found |= self.ident == NUMBER[name]
        return np.flatnonzero(found)

    def element(self, rows: IntArray, place: int | IntArray) -> Span:
        """The spans of one element of some segments; an absent one is empty."""
        mark = self.first[rows]
        mark += place - 1
        start = self.marks[mark]
        start += 1
        mark += 1
        end = self.marks[mark]
        absent = mark > self.last[rows]
        if absent.any():
            end[absent] = start[absent]
        return start, end

    def components(self, span: Span, count: int) -> list[Span]:
        """The spans of the first ``count`` components of composite elements."""
        start, end = span
        at = np.searchsorted(self.inner, start)
        stops = np.append(self.inner, np.full(count, self.block.size))
        found = []
        for place in range(count):
            stop = np.minimum(stops[at + place], end)
            found.append((start, stop))
            start = np.minimum(stop + 1, end)
        return found

    def short(self, rows: IntArray, place: int | IntArray) -> Short:
        """One element of some segments as short texts."""
        return words(self.view, *self.element(rows, place)).view("S8")

    def words(self, rows: IntArray, place: int | IntArray) -> Words:
        """One element of some segments as words, to be compared with ``key``."""
        return words(self.view, *self.element(rows, place))

    def text(self, rows: IntArray, place: int | IntArray) -> Text:
        """One element of some segments as a column of texts."""
        return Text.gather(self.block, *self.element(rows, place))

    def string(self, row: int, place: int) -> str:
        """One element of one segment; what is not there is empty."""
        mark = int(self.first[row]) + place - 1
        if mark >= self.last[row]:
            return ""
        return decode(self.block[self.marks[mark] + 1 : self.marks[mark + 1]].tobytes())

    def name(self, row: int) -> str:
        """The id of one segment, as it stands."""
        return decode(self.block[self.begin[row] : self.marks[self.first[row]]].tobytes())


def split(data: bytes, dialect: Dialect, *, final: bool, skip: int = 0) -> tuple[Segments, IntArray]:
    """Split the bytes of a block into segments; what follows the last terminator is a segment only if ``final``.

    ``number`` and ``offset`` are left for the caller, who knows where in the file the block stands. The first ``skip``
    bytes are no segments. The second value is where segments end that were empty (``~~``) and have no row.
    """
    block = np.frombuffer(b"".join((bytes(MARGIN), data, bytes(MARGIN))), dtype=np.uint8)
    stop = block.size - MARGIN
    if final and not terminated(data, dialect):
        block = block.copy()
        block[stop] = dialect.terminator
    body = block[MARGIN : stop + 1]
    ends = body == dialect.terminator
    separates = (body == dialect.element) | ends
    separates[:skip] = False
    marks = np.flatnonzero(separates)
    last = np.flatnonzero(ends[marks])
    marks = np.concatenate([marks + MARGIN, np.full(_MOST_ELEMENTS, stop)])
    first = np.empty_like(last)
    begin = np.empty_like(last)
    if last.size:
        first[0], begin[0] = 0, MARGIN + skip
        np.add(last[:-1], 1, out=first[1:])
        np.add(marks[last[:-1]], 1, out=begin[1:])
    between = BETWEEN[block[begin]]
    here = np.flatnonzero(between & (begin < marks[first])) if last.size else last
    while here.size:
        begin[here] += 1
        here = here[BETWEEN[block[begin[here]]] & (begin[here] < marks[first[here]])]
    empty = (begin == marks[first]) & (first == last)
    empties = marks[last[empty]]
    if empties.size:
        kept = ~empty
        first, last, begin = first[kept], last[kept], begin[kept]
    if dialect.terminator == ord("\n"):
        marks = _without_returns(block, marks, last)
    view = words_of(block)
    length = marks[first] - begin
    code = words(view, begin, begin + length) & np.uint64(0xFFFFFF)
    ident = _NUMBER_OF[code.astype(np.int64)]
    ident[(length > _LONGEST_IDENT) | (length == 0)] = 0
    inner = np.flatnonzero(body == dialect.component)
    inner += MARGIN
    unset = np.zeros(0, dtype=np.int64)
    parts = Segments(block, view, dialect, marks, first, last, begin, ident, inner, unset, unset, 0, MARGIN, stop)
    return parts, empties


def terminated(data: bytes, dialect: Dialect) -> bool:
    """Whether nothing but white space follows the last terminator."""
    return not data[data.rfind(dialect.terminator) + 1 :].strip(bytes(np.flatnonzero(BETWEEN).tolist()))


def _without_returns(block: Bytes, marks: IntArray, last: IntArray) -> IntArray:
    """Where lines end in a carriage return and a line feed, end the segment before the carriage return."""
    ends = marks[last]
    marks[last] = ends - (block[ends - 1] == ord("\r"))
    return marks


def last_before(candidates: IntArray, rows: IntArray, after: IntArray | None = None) -> IntArray:
    """For each row the place of the last candidate before it, ``ABSENT`` if none or if an ``after`` stands between."""
    found = np.searchsorted(candidates, rows) - 1
    if after is not None and after.size and candidates.size:
        barrier = np.searchsorted(after, rows) - 1
        there = (barrier >= 0) & (found >= 0)
        cut = there & (after[np.maximum(barrier, 0)] > candidates[np.maximum(found, 0)])
        found[cut] = ABSENT
    return found
