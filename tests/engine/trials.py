"""Every kernel put to many small drawn inputs, with the oracle's answers: the same trials for all who need them.

A trial is one call: what the kernel reads, the lengths of what it fills, and what it must return and have filled. Draws
seek the edges: minutes about the eighth and the fifteenth, intervals that just touch, days on which an edit begins or
ends, too little room for what is found.
"""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.engine import oracle

from quarterhour.engine.kernels import modifiers, overlaps, pairs, shares, tally, units

ABSENT = -1
MINUTES = (0, 1, 2, 6, 7, 8, 9, 10, 14, 15, 16, 21, 22, 23, 24, 25, 29, 30, 31, 37, 38, 44, 45, 52, 53)


@dataclass(frozen=True)
class Trial:
    """One call of a kernel: ``reads`` go in, sequences of the lengths ``fills`` come out as ``filled``."""

    reads: tuple[Any, ...]
    fills: tuple[int, ...]
    returned: Any
    filled: tuple[list[int], ...]

    def holds(self, kernel) -> bool:
        """Whether the kernel, interpreted, answers as the oracle does."""
        filled = [[0] * length for length in self.fills]
        returned = kernel(*self.reads, *filled)
        return returned == self.returned and filled == list(self.filled)


def starts_of(groups) -> list[int]:
    """Where each group begins, and where the last one ends."""
    return [0, *itertools.accumulate(len(group) for group in groups)]


def flat(groups) -> list:
    """The members of all groups in order."""
    return [one for group in groups for one in group]


def minutes_of(draw: random.Random) -> int:
    """Minutes of a code, rather at an edge than not."""
    return draw.choice(MINUTES) if draw.random() < 0.8 else draw.randrange(80)


def allocation(draw: random.Random) -> Trial:
    """Some days for ``units.allocate``."""
    days = [tuple(minutes_of(draw) for _ in range(draw.randrange(5))) for _ in range(5)]
    # Many services of a minute or two: a unit may then rest on a remainder of one.
    days.append(tuple(draw.choice((1, 1, 1, 2)) for _ in range(draw.choice((7, 8, 9)))))
    methods = [draw.choice((0, 0, 1, 2)) for _ in days]
    caps = [draw.randrange(2) for _ in days]
    columns: list[list[int]] = [[], [], [], [], []]
    for minutes, method, cap in zip(days, methods, caps, strict=True):
        by_total, by_midpoint = oracle.total_time(minutes), oracle.midpoint(minutes)
        allowed, ways = by_total if method == 0 else oracle.capped_midpoint(minutes) if cap else by_midpoint
        for column, number in zip(columns, (by_total[0], by_midpoint[0], allowed), strict=False):
            column.append(number)
        columns[3] += [min(one) for one in zip(*ways, strict=True)]
        columns[4] += [max(one) for one in zip(*ways, strict=True)]
    codes = sum(map(len, days))
    reads = (starts_of(days), flat(days), methods, caps, [oracle.UNIT] * len(days), [8] * len(days))
    return Trial(reads, (len(days),) * 3 + (codes,) * 2, None, tuple(columns))


def assistants(draw: random.Random) -> Trial:
    """Some codes for ``shares.assistant_units``."""
    rows = []
    for _ in range(8):
        minutes = minutes_of(draw)
        assistant = min(minutes, draw.choice((0, 1, 2, 3, 4, 7, 8, 9, 13, 14, 15, 16, 23, 30, minutes)))
        units = max(0, (minutes + 7) // 15 + draw.choice((0, 0, 0, 1, 1, -1, -2)))
        rule = draw.choice((shares.RULE_MIDPOINT, shares.RULE_MIDPOINT, shares.RULE_DE_MINIMIS, shares.RULE_NONE))
        rows.append((rule, minutes, assistant, True, units))
    for _ in range(3):
        minutes = draw.randrange(1, 121)
        assistant = min(minutes, minutes // 10 + draw.choice((0, 0, 1, 1, 2)))
        rows.append((shares.RULE_MIDPOINT, minutes, assistant, False, draw.randrange(3)))
    low, high = [], []
    for rule, minutes, assistant, timed, units in rows:
        since_2022 = rule == shares.RULE_MIDPOINT
        known = rule != shares.RULE_NONE
        marked = oracle.marked_units(since_2022, minutes, assistant, units, is_timed=timed) if known else {0}
        low.append(min(marked))
        high.append(max(marked))
    # What the rule of 2020 did not have is not known for its days.
    later = [row[0] == shares.RULE_MIDPOINT for row in rows]
    numbers = [[number if since else ABSENT for since in later] for number in (8, 9, 14)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    reads = (*columns, [oracle.UNIT] * len(rows), [10] * len(rows), *numbers)
    return Trial(reads, (len(rows), len(rows)), None, (low, high))


def edits(draw: random.Random) -> Trial:
    """Some days for ``pairs.find_pairs``, against a small table of two claim types."""
    span = 10
    table = []
    for _ in range(2):
        rows = set()
        for one, two in itertools.product(range(5), repeat=2):
            if draw.random() < 0.5:  # a code with itself too, though no edit is of that kind: it must not be met
                cut = sorted(draw.sample(range(8), 4))
                rows |= {(one * span + two, cut[0], cut[1]), (one * span + two, cut[2], cut[3])}
        table.append(sorted(rows))
    groups = [sorted(draw.randrange(5) for _ in range(draw.choice((0, 1, 2, 2, 3, 4)))) for _ in range(5)]
    days = [draw.randrange(9) for _ in groups]
    claims = [draw.randrange(2) for _ in groups]
    table_starts = starts_of(table)
    found = []
    for place, group in enumerate(groups):
        base = starts_of(groups)[place]
        for one, two in itertools.product(sorted(set(group)), range(len(group))):
            for row, (key, first, last) in enumerate(table[claims[place]]):
                if one != group[two] and key == one * span + group[two] and first <= days[place] <= last:
                    found.append((base + group.index(one), base + two, table_starts[claims[place]] + row))
    keys, firsts, lasts = ([row[place] for row in flat(table)] for place in range(3))
    reads = (starts_of(groups), flat(groups), days, claims, keys, firsts, lasts, table_starts, span)
    # Room for as many as there are, or fewer: what does not fit is counted all the same.
    room = draw.choice((len(found), len(found) + 2, max(0, len(found) - 1)))
    shown = found[:room] + [(0, 0, 0)] * (room - len(found))
    return Trial(reads, (2 * room, room), len(found), (flat([one[:2] for one in shown]), [one[2] for one in shown]))


def meetings(draw: random.Random) -> Trial:
    """Some days for ``overlaps.find_overlaps``."""
    groups = []
    for _ in range(4):
        spans = []
        for _ in range(draw.randrange(5)):
            begin = draw.randrange(12)
            spans.append((begin, begin + draw.choice((-2, 0, 1, 3, 5, 8))))
        groups.append(sorted(spans))
    found = []
    for place, group in enumerate(groups):
        base = starts_of(groups)[place]
        for one, two in itertools.combinations(range(len(group)), 2):
            shared = len(set(range(*group[one])) & set(range(*group[two])))
            if shared:
                found.append((base + one, base + two, shared))
    reads = (starts_of(groups), [span[0] for span in flat(groups)], [span[1] for span in flat(groups)])
    room = draw.choice((len(found), len(found) + 2, max(0, len(found) - 1)))
    shown = found[:room] + [(0, 0, 0)] * (room - len(found))
    return Trial(reads, (2 * room, room), len(found), (flat([one[:2] for one in shown]), [one[2] for one in shown]))


def sums(draw: random.Random) -> Trial:
    """Some code-days for ``tally.tally``."""
    bits = 0b110
    groups = []
    for _ in range(4):
        absent = draw.random() < 0.3
        groups.append(
            [
                (
                    draw.choice((ABSENT, 0, 7, 15)) if absent else draw.choice((0, 7, 15)),
                    draw.choice((0, 3, 8)),
                    draw.choice((ABSENT, 0, 1, 2)) if absent else draw.choice((0, 0, 1, 2, 3)),
                    draw.choice((0, 1, 2, 3, 4, 8)),
                )
                for _ in range(draw.randrange(1, 5))
            ]
        )
    # The lines of a group stand anywhere.
    order = draw.sample(range(len(flat(groups))), len(flat(groups)))
    rows = []
    for place, group in enumerate(groups):
        minutes, assistant, units, sets = (list(column) for column in zip(*group, strict=True))
        billed = [line for line in range(len(group)) if units[line] > 0]
        rows.append(
            (
                ABSENT if ABSENT in minutes else sum(minutes),
                sum(assistant),
                ABSENT if ABSENT in units else sum(units),
                sum(units[line] for line in billed if sets[line] & bits),
                len(billed),
                len(billed) - len({sets[line] for line in billed}),
                order[starts_of(groups)[place] + (billed[0] if billed else 0)],
            )
        )
    lines = [line for _, line in sorted(zip(order, flat(groups), strict=True))]
    columns = [list(column) for column in zip(*lines, strict=True)]
    filled = tuple(list(column) for column in zip(*rows, strict=True))
    return Trial((starts_of(groups), order, *columns, bits), (len(groups),) * 7, None, filled)


def counted_days(draw: random.Random) -> Trial:
    """Some days for ``tally.count_in``."""
    days = [
        [
            (draw.randrange(2), draw.choice((ABSENT, 0, 8, 15, 15)), draw.choice((ABSENT, 0, 1, 2, 2)))
            for _ in range(draw.randrange(4))
        ]
        for _ in range(5)
    ]
    ready = [draw.choice((0, 1, 1, 1)) for _ in days]
    counted, ends, rows = [], [0], []
    for place, day in enumerate(days):
        pooled = [code for code, (timed, _, _) in enumerate(day) if timed]
        minutes, units = [day[code][1] for code in pooled], [day[code][2] for code in pooled]
        whole = ready[place] and ABSENT not in minutes
        counted += [starts_of(days)[place] + code for code in pooled] if whole else []
        ends.append(len(counted))
        rows.append((sum(minutes) if whole else ABSENT, ABSENT if ABSENT in units else sum(units), len(pooled)))
    codes = flat(days)
    columns = [[code[place] for code in codes] for place in range(3)]
    filled = (
        [*ends],
        counted + [0] * (len(codes) - len(counted)),
        *(list(column) for column in zip(*rows, strict=True)),
    )
    return Trial((starts_of(days), *columns, ready), (len(days) + 1, len(codes), *(len(days),) * 3), None, filled)


def odd_ones(draw: random.Random) -> Trial:
    """Some days for ``tally.only_outside``."""
    days, found = [], []
    for _ in range(6):
        day = []
        for _ in range(draw.randrange(4)):
            low = draw.choice((ABSENT, 0, 1, 2))
            high = low + draw.randrange(2) if low != ABSENT else ABSENT
            day.append((draw.choice((0, 1, 1)), draw.choice((ABSENT, 0, 1, 1, 2, 3)), low, high, draw.randrange(50)))
        outside = [
            line
            for pooled, billed, low, high, line in day
            if pooled and ABSENT not in {billed, low} and billed not in range(low, high + 1)
        ]
        days.append(day)
        found.append(outside[0] if len(outside) == 1 else ABSENT)
    columns = [[code[place] for code in flat(days)] for place in range(5)]
    return Trial((starts_of(days), *columns), (len(days),), None, (found,))


def modifier_sets(draw: random.Random) -> Trial:
    """Some lines for ``modifiers.gather``."""
    bit_of = {10: 1, 11: 2, 12: 4, 13: 0, 14: 0}
    lines = [[draw.choice(list(bit_of)) for _ in range(draw.randrange(6))] for _ in range(6)]
    rows = []
    for line in lines:
        strangers = [number for number in line if not bit_of[number]]
        again = [number for place, number in enumerate(line) if number in line[:place]]
        bits = sum({bit_of[number] for number in line})
        rows.append((bits, strangers[0] if strangers else ABSENT, again[0] if again else ABSENT))
    filled = tuple(list(column) for column in zip(*rows, strict=True))
    reads = (starts_of(lines), flat(lines), [bit_of[number] for number in flat(lines)])
    return Trial(reads, (len(lines),) * 3, None, filled)


KERNELS: dict[str, tuple[Callable[..., Any], Callable[[random.Random], Trial]]] = {
    "units.allocate": (units.allocate, allocation),
    "shares.assistant_units": (shares.assistant_units, assistants),
    "pairs.find_pairs": (pairs.find_pairs, edits),
    "overlaps.find_overlaps": (overlaps.find_overlaps, meetings),
    "tally.tally": (tally.tally, sums),
    "tally.count_in": (tally.count_in, counted_days),
    "tally.only_outside": (tally.only_outside, odd_ones),
    "modifiers.gather": (modifiers.gather, modifier_sets),
}


def trials(name: str, count: int, seed: int = 20260304) -> list[Trial]:
    """So many trials of a kernel, the same for the same seed."""
    draw = random.Random(f"{name} {seed}")
    return [KERNELS[name][1](draw) for _ in range(count)]
