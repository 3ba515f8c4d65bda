"""Intervals that share minutes."""

from __future__ import annotations

from collections.abc import Sequence


def find_overlaps(
    starts: Sequence[int],
    begins: Sequence[int],
    ends: Sequence[int],
    hits: list[int],
    shared: list[int],
) -> int:
    """Every two intervals of a group that share at least a minute; return how many there are.

    Group ``g`` has the intervals ``starts[g]`` to ``starts[g + 1]``, sorted by begin. Hit ``h`` is the intervals
    ``hits[2 * h]`` and ``hits[2 * h + 1]``, the earlier first, sharing ``shared[h]`` minutes. Where there is no room
    left the count still is right. An interval that ends no later than it begins shares nothing.
    """
    found = 0
    room = len(shared)
    for group in range(len(starts) - 1):
        for one in range(starts[group], starts[group + 1]):
            for two in range(one + 1, starts[group + 1]):
                if begins[two] >= ends[one]:
                    break
                end = ends[one] if ends[one] < ends[two] else ends[two]
                if end > begins[two]:
                    if found < room:
                        hits[2 * found] = one
                        hits[2 * found + 1] = two
                        shared[found] = end - begins[two]
                    found += 1
    return found
