"""Which loop every segment of a block lies in, and which occurrence of it.

Two steps: segments that begin a loop others lie in (*major*: HL, CLM, LX, CLP, ...) are placed by themselves; the rest
that begin a loop (NM1, SVD, SVC, ...) by the major loop they stand in and their qualifier. Every segment then belongs
to the last one before it that begins a loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.interchange.x12.guide import MAJOR, Guide
from quarterhour.interchange.x12.segments import NUMBER, Segments
from quarterhour.interchange.x12.values import IntArray, key

_ENVELOPE: Final = np.zeros(256, dtype=np.bool_)
_ENVELOPE[[NUMBER[name] for name in ("ISA", "IEA", "GS", "GE", "TA1")]] = True
#: Segments that stand after a loop's own loops and yet belong to it.
_CLOSING: Final = (("IK5", "2000"), ("AK9", "HEADER"), ("SE", "HEADER"))


@dataclass(frozen=True, slots=True)
class Loops:
    """For every segment: its loop, the occurrence it belongs to, and the major occurrence; -1 outside all."""

    guide: Guide
    loop: NDArray[np.uint8]
    occurrence: IntArray
    major: IntArray
    #: For every occurrence: its row, its loop and the occurrence it lies in.
    rows: IntArray
    loops: NDArray[np.uint8]
    #: For every major occurrence: its row and its loop.
    major_rows: IntArray
    major_loops: NDArray[np.uint8]

    def inside(self, rows: IntArray, *names: str) -> NDArray[np.bool_]:
        """Whether some segments lie directly in one of some loops."""
        found = np.zeros(rows.size, dtype=np.bool_)
        own = self.loop[rows]
        for name in names:
            number = self.guide.number(name)
            if number:
                found |= own == number
        return found


def place(parts: Segments, known: Guide) -> Loops:
    """Find the loops of a block."""
    major_rows, major_loops = _majors(parts, known)
    count = len(parts)
    begins = np.zeros(count, dtype=np.int64)
    begins[major_rows] = 1
    major = np.cumsum(begins) - 1
    minor_rows, minor_loops = _minors(parts, known, major, major_loops)
    of_row = np.zeros(count, dtype=np.uint8)
    of_row[major_rows] = major_loops
    of_row[minor_rows] = minor_loops
    begins[minor_rows] = 1
    rows = np.flatnonzero(begins)
    occurrence = np.cumsum(begins) - 1
    loops = of_row[rows]
    loop = loops[np.maximum(occurrence, 0)] if rows.size else of_row
    loop = np.where(occurrence >= 0, loop, 0).astype(np.uint8)
    loop[_ENVELOPE[parts.ident]] = 0
    for name, within in _CLOSING:
        number = known.number(within)
        at = parts.rows(name) if number else parts.rows("ISA")[:0]
        if at.size:
            loop[at] = number
            owners = np.flatnonzero(loops == number)
            occurrence[at] = (
                owners[np.maximum(np.searchsorted(rows[owners], at) - 1, 0)] if owners.size else occurrence[at]
            )
    return Loops(known, loop, occurrence, major, rows, loops, major_rows, major_loops)


def _majors(parts: Segments, known: Guide) -> tuple[IntArray, NDArray[np.uint8]]:
    by_ident = np.zeros(256, dtype=np.uint8)
    wanted = np.zeros(256, dtype=np.bool_)
    for number, loop in enumerate(known.loops):
        if loop.anchor in MAJOR:
            wanted[NUMBER[loop.anchor]] = True
            by_ident[NUMBER[loop.anchor]] = number if not loop.qualifiers else 0
    rows = np.flatnonzero(wanted[parts.ident])
    if wanted[NUMBER["SBR"]]:
        rows = rows[~_above_claims(parts, rows)]
    if known.kind.startswith("837"):
        alone = _lines_alone(parts)
        if alone.size:
            by_ident[parts.ident[alone]] = known.number("2400")
            rows = np.union1d(rows, alone)
    loops = by_ident[parts.ident[rows]]
    levels = np.flatnonzero(parts.ident[rows] == NUMBER["HL"])
    if levels.size:
        codes = parts.words(rows[levels], 3)
        for number, loop in enumerate(known.loops):
            if loop.anchor == "HL":
                for code in loop.qualifiers:
                    loops[levels[codes == key(code)]] = number
    return rows, loops


def _above_claims(parts: Segments, rows: IntArray) -> NDArray[np.bool_]:
    """Which of the rows are SBR segments of a subscriber and not of another payer of a claim."""
    ident = parts.ident[rows]
    at = np.arange(rows.size)
    claim = np.maximum.accumulate(np.where(ident == NUMBER["CLM"], at, -1))
    level = np.maximum.accumulate(np.where((ident == NUMBER["HL"]) | (ident == NUMBER["ST"]), at, -1))
    found: NDArray[np.bool_] = (ident == NUMBER["SBR"]) & (claim <= level)
    return found


def _lines_alone(parts: Segments) -> IntArray:
    """Service segments with no LX of their own before them; they begin a line all the same."""
    services = parts.rows("SV1", "SV2", "SV3")
    numbers = parts.rows("LX")
    if services.size == numbers.size and bool((numbers < services).all() and (services[:-1] < numbers[1:]).all()):
        return services[:0]
    begins = np.sort(np.concatenate([parts.rows("CLM", "HL", "ST"), services]))
    before = begins[np.maximum(np.searchsorted(begins, services) - 1, 0)]
    last = numbers[np.maximum(np.searchsorted(numbers, services) - 1, 0)] if numbers.size else services * 0 - 1
    return services[(last > services) | (last < before)]


def _minors(
    parts: Segments, known: Guide, major: IntArray, major_loops: NDArray[np.uint8]
) -> tuple[IntArray, NDArray[np.uint8]]:
    """The other rows that begin a loop, and the loop; 0 where the guide knows none of that qualifier."""
    tables: dict[tuple[int, int], int] = {}
    anywhere: dict[int, int] = {}
    wanted = np.zeros(256, dtype=np.bool_)
    for of, loop in enumerate(known.loops):
        if of and loop.anchor not in MAJOR:
            wanted[NUMBER[loop.anchor]] = True
            for code in loop.qualifiers or ("",):
                sign = NUMBER[loop.anchor] << 24 | key(code)
                anywhere.setdefault(sign, of)
                for parent in loop.parents:
                    tables.setdefault((_major_above(known, parent), sign), of)
    if known.kind == "835":
        wanted[NUMBER["NM1"]] = False
    rows = np.flatnonzero(wanted[parts.ident])
    if not rows.size:
        return rows, np.zeros(0, dtype=np.uint8)
    qualifier = parts.words(rows, 1).astype(np.int64) & 0xFFFFFF
    unqualified = [NUMBER[loop.anchor] for loop in known.loops if loop.anchor and not loop.qualifiers]
    ident = parts.ident[rows].astype(np.int64)
    qualifier[np.isin(ident, unqualified)] = 0
    mark = ident << 24 | qualifier
    own = np.where(major[rows] >= 0, major_loops[np.maximum(major[rows], 0)] if major_loops.size else 0, 0)
    base = np.array(sorted((above << 32 | sign, number) for (above, sign), number in tables.items()), dtype=np.int64)
    loops = _look_up(own.astype(np.int64) << 32 | mark, base)
    missing = np.flatnonzero(loops == 0)
    if missing.size:
        loops[missing] = _look_up(mark[missing], np.array(sorted(anywhere.items()), dtype=np.int64))
    return rows, loops


def _major_above(known: Guide, loop: int) -> int:
    while known.loops[loop].anchor not in MAJOR and known.loops[loop].parents:
        loop = known.loops[loop].parents[0]
    return loop


def _look_up(wanted: IntArray, table: IntArray) -> NDArray[np.uint8]:
    at = np.minimum(np.searchsorted(table[:, 0], wanted), len(table) - 1)
    return np.where(table[at, 0] == wanted, table[at, 1], 0).astype(np.uint8)
