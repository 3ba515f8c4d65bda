"""Units for somebody who asks with minutes in hand: the kernels on one day, and every allocation they leave open.

Source: CMS Pub. 100-04 ch. 5 s. 20.2. Nothing is decided here: the kernels say how many units the day has and the
fewest and most each code may get; this file only lists the ways that are left.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from quarterhour.engine.compiled import run
from quarterhour.engine.kernels.shares import RULES, assistant_units
from quarterhour.engine.kernels.units import allocate
from quarterhour.policy.payers import UNIT_METHODS


class DayUnits(msgspec.Struct, frozen=True):
    """What the minutes of one day support.

    ``total_time`` and ``midpoint`` are the units by the two ways of counting, ``allowed`` those of the method asked
    for. ``low`` and ``high`` bound the units of each code; an allocation is allowed exactly if every code lies between
    them and the sum is ``allowed``.
    """

    total_time: int
    midpoint: int
    allowed: int
    low: tuple[int, ...]
    high: tuple[int, ...]


class ShareRule(msgspec.Struct, frozen=True):
    """How the assistant's part of a unit is judged on a day (``policy/data/cms/assistants``)."""

    rule: str
    de_minimis_percent: int
    last_unit_therapist_minimum: int
    two_unit_minimum: int
    two_unit_maximum: int


def day_units(minutes: Sequence[int], method: str, *, capped: bool, length: int, floor: int) -> DayUnits:
    """The units of a day whose codes have ``minutes`` each, all counted in units of ``length`` minutes.

    ``floor`` is the fewest minutes that make the first unit; ``capped`` says whether codes that count by themselves may
    together have no more units than their total supports.
    """
    size = len(minutes)
    _, (total_time, midpoint, allowed, low, high) = run(
        allocate,
        size,
        [0, size],
        list(minutes),
        [UNIT_METHODS.index(method)],
        [int(capped)],
        [length],
        [floor],
        fills=(1, 1, 1, size, size),
    )
    return DayUnits(int(total_time[0]), int(midpoint[0]), int(allowed[0]), tuple(map(int, low)), tuple(map(int, high)))


def allocations(day: DayUnits) -> Iterator[tuple[int, ...]]:
    """Every allocation the method allows, as units per code.

    Where codes tie for the last units the first allocation gives them to the codes that come first, so a caller that
    sorts its codes always sees the same one first, whatever the order of entry.
    """
    tied = [code for code, (low, high) in enumerate(zip(day.low, day.high, strict=True)) if low < high]
    for winners in itertools.combinations(tied, day.allowed - sum(day.low)):
        yield tuple(low + (code in winners) for code, low in enumerate(day.low))


def assistant_range(
    rule: ShareRule, *, minutes: int, assistant_minutes: int, timed: bool, units: int, length: int
) -> tuple[int, int]:
    """Fewest and most of ``units`` that need the assistant modifier; where they differ, either reading is published."""
    _, (low, high) = run(
        assistant_units,
        1,
        [RULES[rule.rule]],
        [minutes],
        [assistant_minutes],
        [int(timed)],
        [units],
        [length],
        [rule.de_minimis_percent],
        [rule.last_unit_therapist_minimum],
        [rule.two_unit_minimum],
        [rule.two_unit_maximum],
        fills=(1, 1),
    )
    return int(low[0]), int(high[0])
