"""What the makers of tables share: which claim, line or occurrence a segment belongs to, and values put beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.columns import Table, Text
from quarterhour.interchange.x12.loops import Loops
from quarterhour.interchange.x12.segments import NUMBER, Segments, Span
from quarterhour.interchange.x12.values import (
    IntArray,
    Mask,
    Short,
    Words,
    base36,
    days,
    decimals,
    key,
    wholes,
    words,
)

_PERIOD_LENGTH = 17  # CCYYMMDD-CCYYMMDD
#: Segments after which nothing belongs to a claim any more.
_CLOSES = np.zeros(256, dtype=np.bool_)
_CLOSES[[NUMBER[name] for name in ("ISA", "GS", "ST", "SE", "GE", "IEA", "HL", "PLB")]] = True
_CODE_LENGTH, _MODIFIER_LENGTH = 5, 2


@dataclass(slots=True)
class Frame:
    """A block with its loops; what has been found of one segment id is kept."""

    parts: Segments
    loops: Loops
    #: Spans that were found once and are looked at again, by what they are.
    spans: dict[str, list[Span]] = field(default_factory=dict)
    _rows: dict[str, IntArray] = field(default_factory=dict)
    _first: dict[str, Words] = field(default_factory=dict)
    _elements: dict[tuple[str, int], Span] = field(default_factory=dict)

    def rows(self, name: str) -> IntArray:
        """The rows of one segment id."""
        found = self._rows.get(name)
        if found is None:
            found = self._rows[name] = np.flatnonzero(self.parts.ident == NUMBER[name])
        return found

    def first(self, name: str) -> Words:
        """The first elements of the segments of one id."""
        found = self._first.get(name)
        if found is None:
            found = self._first[name] = self.parts.words(self.rows(name), 1)
        return found

    def element(self, name: str, place: int) -> Span:
        """One element of all segments of one id; for elements that several tables have."""
        found = self._elements.get((name, place))
        if found is None:
            found = self._elements[name, place] = self.parts.element(self.rows(name), place)
        return found

    def qualified(self, name: str, *codes: str) -> IntArray:
        """The rows of segments of one id whose first element is one of some codes."""
        rows = self.rows(name)
        if not rows.size:
            return rows
        first = self.first(name)
        wanted: Mask = first == key(codes[0])
        for code in codes[1:]:
            wanted |= first == key(code)
        found: IntArray = rows[wanted]
        return found

    def by_occurrence(self, rows: IntArray, owners: IntArray) -> IntArray:
        """For some rows the place among ``owners`` of the one in whose occurrence they lie; ``ABSENT`` if none."""
        table = np.full(self.loops.rows.size + 1, ABSENT, dtype=np.int64)
        table[self.loops.occurrence[owners]] = np.arange(owners.size)
        table[-1] = ABSENT
        return table[self.loops.occurrence[rows]]

    def by_major(self, rows: IntArray, owners: IntArray) -> IntArray:
        """For some rows the place among ``owners`` of the one in whose major loop they lie; ``ABSENT`` if none."""
        table = np.full(self.loops.major_rows.size + 1, ABSENT, dtype=np.int64)
        table[self.loops.major[owners]] = np.arange(owners.size)
        table[-1] = ABSENT
        return table[self.loops.major[rows]]

    def cents(self, rows: IntArray, place: int | IntArray) -> IntArray:
        """Amounts in cents; 0 where there is none that can be read."""
        return self.decimals(self.parts.element(rows, place), 2)

    def decimals(self, span: Span, places: int) -> IntArray:
        """Numbers as integers of ``10 ** -places``; 0 where there is none that can be read."""
        return decimals(self.parts.block, self.parts.view, *span, places)[0]

    def wholes(self, span: Span) -> IntArray:
        """Whole numbers; ``ABSENT`` where there is none."""
        return wholes(self.parts.view, *span)[0]

    def period(self, rows: IntArray, place: int) -> tuple[IntArray, IntArray]:
        """First and last day of dates and periods (formats D8, RD8, DT); the same day where it is one date."""
        start, end = self.parts.element(rows, place)
        length = end - start
        first = days(self.parts.view, start, np.minimum(end, start + 8))[0]
        both = length == _PERIOD_LENGTH
        last = first.copy()
        if both.any():
            last[both] = days(self.parts.view, start[both] + 9, end[both])[0]
        return first, last

    def short(self, span: Span) -> Short:
        """Short texts."""
        return words(self.parts.view, *span).view("S8")

    def text(self, span: Span) -> Text:
        """Texts."""
        return Text.gather(self.parts.block, *span)

    def procedure(self, span: Span) -> dict[str, IntArray | Short | Text]:
        """A procedure composite: qualifier, code, modifiers; numbers in base 36 as in ``domain.code``.

        What a modifier in small letters means is plain, so it is read as that one; that it is so written is a defect.
        """
        self.spans["procedure"] = self.parts.components(span, 7)
        qualifier, code, *modifiers, description = self.spans["procedure"]
        block = self.parts.block
        found: dict[str, IntArray | Short | Text] = {
            "procedure_qualifier": self.short(qualifier),
            "procedure": self.text(code),
            "code": base36(block, *code, _CODE_LENGTH),
        }
        for place, modifier in enumerate(modifiers, start=1):
            found[f"modifier{place}"] = base36(block, *modifier, _MODIFIER_LENGTH, small=True)
        found["description"] = self.text(description)
        return found


def owned(parts: Segments, name: str) -> IntArray:
    """For every row the place of the claim it belongs to: the last ``name`` before it in its level and transaction."""
    begins = parts.ident == NUMBER[name]
    turns = np.flatnonzero(begins | _CLOSES[parts.ident])
    opens = begins[turns]
    places = np.where(opens, np.cumsum(opens) - 1, ABSENT)
    bounds = np.concatenate([np.zeros(1, dtype=np.int64), turns, np.full(1, len(parts))])
    return np.repeat(np.concatenate([np.full(1, ABSENT), places]), np.diff(bounds))


def put(size: int, owners: IntArray, values: IntArray, default: int = ABSENT) -> IntArray:
    """A column of ``size``, values beside their owners, which may be ``ABSENT``; of several the first counts."""
    column = np.full(size + 1, default, dtype=np.int64)
    column[owners[::-1]] = values[::-1]
    return column[:size]


def put_short(size: int, owners: IntArray, values: Short) -> Short:
    """As :func:`put`, for short texts."""
    column = np.zeros(size + 1, dtype="S8")
    column[owners[::-1]] = values[::-1]
    return column[:size]


def put_spans(size: int, owners: IntArray, span: Span) -> Span:
    """As :func:`put`, for spans; empty where there is none."""
    if not owners.size:
        nothing = np.zeros(size, dtype=np.int64)
        return nothing, nothing
    return put(size, owners, span[0], 0), put(size, owners, span[1], 0)


def totals(lines: Table, name: str, size: int) -> tuple[IntArray, IntArray]:
    """For each of ``size`` claims how many lines it has, and the sum of a column of them."""
    claim = lines.integers("claim")
    there = claim != ABSENT
    return np.bincount(claim[there], minlength=size), sums(claim[there], lines.integers(name)[there], size)


def sums(owners: IntArray, values: IntArray, size: int) -> IntArray:
    """For each of ``size`` owners the sum of its values."""
    found = np.zeros(size, dtype=np.int64)
    np.add.at(found, owners, values)
    return found


def expand(counts: IntArray) -> tuple[IntArray, IntArray]:
    """Rows repeated ``counts`` times: which row each is, and its place among the row's own from 0."""
    owners = np.repeat(np.arange(counts.size), counts)
    ends = np.cumsum(counts)
    return owners, np.arange(owners.size) - np.repeat(ends - counts, counts)


def carried_rows(parts: Segments, rows: IntArray) -> int:
    """How many of some rows were carried."""
    return int(np.count_nonzero(rows < parts.carried))


def any_of(first: Words, codes: tuple[str, ...]) -> Mask:
    """Where a word is one of some codes."""
    return np.isin(first, np.array([key(code) for code in codes], dtype=np.uint64))
