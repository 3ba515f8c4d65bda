"""Timed units of a day: how many, and which code may have them.

Source: CMS Pub. 100-04 ch. 5 s. 20.2 (total-time method with mixed remainders); CPT midpoint counting per code.
"""

from __future__ import annotations

from collections.abc import Sequence

METHOD_TOTAL_TIME = 0


def allocate(
    starts: Sequence[int],
    minutes: Sequence[int],
    methods: Sequence[int],
    caps: Sequence[int],
    lengths: Sequence[int],
    floors: Sequence[int],
    total_time: list[int],
    midpoint: list[int],
    allowed: list[int],
    low: list[int],
    high: list[int],
) -> None:
    """Units of every day and of every code in it.

    Day ``d`` has the codes ``starts[d]`` to ``starts[d + 1]`` with ``minutes`` each. ``methods[d]`` is 0 for the
    total-time method, else every code counts by itself, and ``caps[d]`` then says whether their sum may exceed what the
    total supports. ``lengths[d]`` is the minutes of a unit, ``floors[d]`` the fewest that make the first.

    Fills per day the units by total time, by midpoint, and those allowed by the day's method; per code the fewest and
    the most units that any allowed allocation gives it. An allocation is allowed exactly if every code is between the
    two and the sum is the day's.
    """
    for day in range(len(starts) - 1):
        first = starts[day]
        end = starts[day + 1]
        length = lengths[day]
        spare = length - floors[day]
        total = 0
        whole = 0
        rounded = 0
        for code in range(first, end):
            base = minutes[code] // length
            low[code] = base
            total += minutes[code]
            whole += base
            rounded += base
            if minutes[code] - base * length >= floors[day]:
                rounded += 1
        by_total = (total + spare) // length
        total_time[day] = by_total
        midpoint[day] = rounded
        if methods[day] == METHOD_TOTAL_TIME:
            fewest = 1
            allowed[day] = by_total
        else:
            # A code by itself must reach the floor; with a cap the smallest of those that did lose their unit first.
            fewest = floors[day]
            allowed[day] = rounded
            if caps[day] and by_total < rounded:
                allowed[day] = by_total
        left = allowed[day] - whole
        for code in range(first, end):
            base = low[code]
            remainder = minutes[code] - base * length
            high[code] = base
            if remainder < fewest:
                continue
            larger = 0
            equal = 0
            for other in range(first, end):
                rest = minutes[other] - low[other] * length
                if rest < 0:
                    # It was given its unit already.
                    rest += length
                if rest > remainder:
                    larger += 1
                elif rest == remainder:
                    equal += 1
            if larger + equal <= left:
                low[code] = base + 1
                high[code] = base + 1
            elif larger < left:
                high[code] = base + 1
