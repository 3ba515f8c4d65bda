"""Which lines of a day meet a pair edit in force."""

from __future__ import annotations

from collections.abc import Sequence


def find_pairs(
    starts: Sequence[int],
    codes: Sequence[int],
    days: Sequence[int],
    claim_types: Sequence[int],
    keys: Sequence[int],
    firsts: Sequence[int],
    lasts: Sequence[int],
    table_starts: Sequence[int],
    span: int,
    hits: list[int],
    rows: list[int],
) -> int:
    """Look up every ordered pair of different codes within a group; return how many there are.

    Group ``g`` has the lines ``starts[g]`` to ``starts[g + 1]``, sorted by code, all of the same day and claim type.
    Hit ``h`` is column-1 line ``hits[2 * h]``, column-2 line ``hits[2 * h + 1]`` and row ``rows[h]`` of the table.
    Where ``hits`` is too short the count still is right, so a caller can make room and ask again. Each pair of codes
    is reported once for each column-2 line, with the first column-1 line.
    """
    found = 0
    room = len(rows)
    for group in range(len(starts) - 1):
        first = starts[group]
        end = starts[group + 1]
        if end - first < 2:
            continue
        begin = table_starts[claim_types[group]]
        stop = table_starts[claim_types[group] + 1]
        day = days[group]
        for one in range(first, end):
            if one > first and codes[one] == codes[one - 1]:
                continue
            for two in range(first, end):
                if codes[one] == codes[two]:
                    continue
                key = codes[one] * span + codes[two]
                below = begin
                above = stop
                while below < above:
                    middle = (below + above) // 2
                    if keys[middle] < key:
                        below = middle + 1
                    else:
                        above = middle
                while below < stop and keys[below] == key:
                    if firsts[below] <= day <= lasts[below]:
                        if found < room:
                            hits[2 * found] = one
                            hits[2 * found + 1] = two
                            rows[found] = below
                        found += 1
                    below += 1
    return found
