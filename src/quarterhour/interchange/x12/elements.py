"""All elements of a block in one row: which segment each belongs to, its place in it and its span."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterhour.interchange.x12.guide import PLACES
from quarterhour.interchange.x12.segments import Segments
from quarterhour.interchange.x12.values import IntArray


@dataclass(frozen=True, slots=True)
class Elements:
    """Parallel columns, one entry an element; ``place`` counts from 1 and ends at ``guide.PLACES``."""

    row: IntArray
    place: IntArray
    start: IntArray
    end: IntArray
    length: IntArray
    #: For each segment that has elements: the entry of its first one, and the segment.
    begins: IntArray
    owners: IntArray


def elements_of(parts: Segments) -> Elements:
    """Lay out the elements of a block."""
    counts = parts.last - parts.first
    row = np.repeat(np.arange(counts.size), counts)
    ends = np.cumsum(counts)
    begins = ends - counts
    place = np.arange(row.size)
    mark = place + np.repeat(parts.first - begins, counts)
    place -= np.repeat(begins, counts)
    place += 1
    np.minimum(place, PLACES, out=place)
    start, end = parts.marks[mark], parts.marks[mark + 1]
    start += 1
    there = counts > 0
    return Elements(row, place, start, end, end - start, begins[there], np.flatnonzero(there))


def present(elements: Elements, segments: int) -> IntArray:
    """For every segment the bits of its elements that are not empty."""
    bits = np.zeros(segments, dtype=np.int64)
    if elements.begins.size:
        own = np.left_shift(elements.length > 0, elements.place, dtype=np.int64)
        bits[elements.owners] = np.bitwise_or.reduceat(own, elements.begins)
    return bits
