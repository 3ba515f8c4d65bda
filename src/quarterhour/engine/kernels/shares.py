"""How many of a code's units were furnished by an assistant so far that they need CQ or CO.

Sources: CY2020 PFS final rule (more than the de-minimis part of a unit); CY2022 PFS final rule (the therapist's
midpoint in the last unit; two remaining units shared about evenly), see ``policy/data/cms/assistants``.
"""

from __future__ import annotations

from collections.abc import Sequence

RULE_NONE = -1
RULE_DE_MINIMIS = 0
RULE_MIDPOINT = 1
#: The rules by the words of ``cms/assistants:rule``.
RULES = {"de-minimis": RULE_DE_MINIMIS, "midpoint": RULE_MIDPOINT}


def assistant_units(
    rules: Sequence[int],
    minutes: Sequence[int],
    assistant: Sequence[int],
    timed: Sequence[int],
    units: Sequence[int],
    lengths: Sequence[int],
    percents: Sequence[int],
    midpoints: Sequence[int],
    pair_fewest: Sequence[int],
    pair_most: Sequence[int],
    low: list[int],
    high: list[int],
) -> None:
    """Fewest and most units that need the modifier, for every row (a code on a day).

    ``minutes`` are all minutes of the code, ``assistant`` those an assistant furnished alone, ``units`` those claimed.
    ``percents`` is the de-minimis part; ``midpoints`` the therapist's minutes that keep the last unit free;
    ``pair_fewest`` and ``pair_most`` bound each one's part of two remaining units. The two published ways to reckon the
    de-minimis part ("simple" minutes and percentage) differ at the edge; where they do, both answers are let stand.
    """
    for row in range(len(rules)):
        low[row] = 0
        high[row] = 0
        if rules[row] == RULE_NONE or assistant[row] == 0 or units[row] == 0:
            continue
        percent = percents[row]
        if timed[row] == 0:
            whole = minutes[row]
            if 100 * assistant[row] > percent * whole:
                high[row] = units[row]
                if assistant[row] >= (percent * whole + 50) // 100 + 1:
                    low[row] = units[row]
            continue
        length = lengths[row]
        therapist = minutes[row] - assistant[row]
        theirs = assistant[row] // length
        left = units[row] - therapist // length - theirs
        mine = therapist % length
        rest = assistant[row] % length
        if left < 0:
            # Fewer units claimed than were furnished in full: which of them is claimed is the biller's choice.
            low[row] = theirs + left if theirs + left > 0 else 0
            high[row] = theirs if theirs < units[row] else units[row]
            continue
        low[row] = theirs
        high[row] = theirs
        if left == 0 or rest == 0:
            continue
        if left >= 2:
            if pair_fewest[row] <= mine <= pair_most[row] and pair_fewest[row] <= rest <= pair_most[row]:
                low[row] += 1
                high[row] += 1
                continue
            # Not the published case of two: whose minutes go into which unit is open, so both ends are let stand.
            high[row] += left
            if rules[row] == RULE_MIDPOINT and mine >= midpoints[row]:
                high[row] -= 1
            continue
        if rules[row] == RULE_MIDPOINT and mine >= midpoints[row]:
            continue
        if 100 * rest > percent * (mine + rest):
            high[row] += 1
            if rest >= (percent * (mine + rest) + 50) // 100 + 1:
                low[row] += 1
