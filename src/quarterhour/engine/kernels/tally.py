"""Sums over the lines of a code on a day, and which codes count into the day's timed total."""

from __future__ import annotations

from collections.abc import Sequence

ABSENT = -1


def tally(
    starts: Sequence[int],
    order: Sequence[int],
    minutes: Sequence[int],
    assistant: Sequence[int],
    units: Sequence[int],
    modifiers: Sequence[int],
    assistant_bits: int,
    sums: list[int],
    assistant_sums: list[int],
    unit_sums: list[int],
    marked: list[int],
    lines: list[int],
    plain: list[int],
    first: list[int],
) -> None:
    """Sum up every group of lines.

    Group ``g`` has the lines ``order[starts[g]]`` to ``order[starts[g + 1] - 1]``; ``modifiers`` are bit sets, of which
    ``assistant_bits`` are the assistant's. Fills per group the minutes and the units (ABSENT where a line has none),
    the assistant's minutes, the units on lines with the assistant's modifier, the billed lines, how many of them
    carry the very modifiers of an earlier one, and the first billed line (the first line where none is).
    """
    for group in range(len(starts) - 1):
        begin = starts[group]
        total = 0
        together = 0
        claimed = 0
        with_mark = 0
        billed = 0
        again = 0
        lead = order[begin]
        for place in range(begin, starts[group + 1]):
            line = order[place]
            together += assistant[line]
            if minutes[line] == ABSENT:
                total = ABSENT
            elif total != ABSENT:
                total += minutes[line]
            if units[line] == ABSENT:
                claimed = ABSENT
                continue
            if claimed != ABSENT:
                claimed += units[line]
            if units[line] == 0:
                continue
            if billed == 0:
                lead = line
            billed += 1
            if modifiers[line] & assistant_bits:
                with_mark += units[line]
            for earlier in range(begin, place):
                if units[order[earlier]] > 0 and modifiers[order[earlier]] == modifiers[line]:
                    again += 1
                    break
        sums[group] = total
        assistant_sums[group] = together
        unit_sums[group] = claimed
        marked[group] = with_mark
        lines[group] = billed
        plain[group] = again
        first[group] = lead


def count_in(
    starts: Sequence[int],
    pooled: Sequence[int],
    minutes: Sequence[int],
    units: Sequence[int],
    ready: Sequence[int],
    counted_starts: list[int],
    counted: list[int],
    totals: list[int],
    billed: list[int],
    codes: list[int],
) -> None:
    """Find the code-days that count into their day's timed total.

    Day ``d`` has the code-days ``starts[d]`` to ``starts[d + 1]``; ``pooled`` says which are of the timed kind. A day
    of which one lacks its minutes, or that is not ``ready`` (no method known), counts none. Day ``d`` has the counted
    code-days ``counted[counted_starts[d]]`` and on. Fills per day its total of timed minutes (ABSENT where it counts
    none for a lack), its timed units (ABSENT where a timed code has none) and how many timed codes it has.
    """
    place = 0
    for day in range(len(starts) - 1):
        whole = ready[day]
        for code in range(starts[day], starts[day + 1]):
            if pooled[code]:
                codes[day] += 1
                if minutes[code] == ABSENT:
                    whole = 0
                if units[code] == ABSENT:
                    billed[day] = ABSENT
                elif billed[day] != ABSENT:
                    billed[day] += units[code]
        if whole:
            for code in range(starts[day], starts[day + 1]):
                if pooled[code]:
                    totals[day] += minutes[code]
                    counted[place] = code
                    place += 1
        else:
            totals[day] = ABSENT
        counted_starts[day + 1] = place


def only_outside(
    starts: Sequence[int],
    pooled: Sequence[int],
    billed: Sequence[int],
    low: Sequence[int],
    high: Sequence[int],
    line: Sequence[int],
    found: list[int],
) -> None:
    """For every day the line of the one code that is billed outside its range; ABSENT where none or several are."""
    for day in range(len(starts) - 1):
        outside = 0
        found[day] = ABSENT
        for code in range(starts[day], starts[day + 1]):
            known = pooled[code] and billed[code] != ABSENT and low[code] != ABSENT
            if known and (billed[code] < low[code] or billed[code] > high[code]):
                outside += 1
                found[day] = line[code]
        if outside != 1:
            found[day] = ABSENT
