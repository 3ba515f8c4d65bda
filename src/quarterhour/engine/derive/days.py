"""Timed units of a patient's day in one discipline, and of every code in it, by the kernels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.compiled import run
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import Groups, group
from quarterhour.engine.kernels.shares import RULE_DE_MINIMIS, RULE_MIDPOINT, RULE_NONE, assistant_units
from quarterhour.engine.kernels.units import allocate
from quarterhour.engine.lookup import Lookup
from quarterhour.policy import Policy
from quarterhour.policy.payers import UNIT_METHODS
from quarterhour.rules.facts import CodeDayFacts, DayFacts, LineFacts, VisitFacts

IntArray = NDArray[np.int64]
_RULES = {"de-minimis": RULE_DE_MINIMIS, "midpoint": RULE_MIDPOINT}


def day_facts(batch: Batch, visits: VisitFacts, lines: LineFacts, lookup: Lookup, policy: Policy) -> tuple[DayFacts, CodeDayFacts]:
    """Fill the day and the code-day tables."""
    visit = lines.visit
    code_days = group(
        visits.patient[visit], visits.day[visit], visits.discipline[visit], batch.terms_of[visit], lines.code
    )
    first = code_days.first
    of_first = visit[first]
    days = group(visits.patient[of_first], visits.day[of_first], visits.discipline[of_first], batch.terms_of[of_first])
    # Code-days came out sorted by the same keys, so days.order is the identity and starts index code-days directly.
    day_visit = of_first[days.first]
    length = lookup.parameter("cms/timed_units:minutes_per_unit")[day_visit]
    pooled = lines.in_total[first] & (lines.unit_minutes[first] == length[days.of])
    minutes = code_days.complete_sums(lines.minutes)
    units = _allocate(batch, days, day_visit, pooled, minutes, length, lookup)
    low, high, by_total, by_midpoint, allowed, total, remainder = units
    assistant = code_days.sums(lines.assistant_minutes)
    units_billed = code_days.complete_sums(lines.units)
    with_modifier = (lines.modifiers & lookup.modifiers("assistant")) != 0
    shares = _shares(
        lines.timed[first], minutes, assistant, np.where(units_billed > 0, units_billed, high), lines.unit_minutes[first],
        of_first, lookup, policy,
    )
    undecided = days.any(pooled & (units_billed == ABSENT))
    billed_lines = lines.billed & (lines.units != ABSENT)
    first_billed = _first_billed(code_days, billed_lines)
    day = DayFacts(
        visit=day_visit,
        line=_outside(days, pooled & (units_billed != ABSENT), units_billed, low, high, first_billed),
        minutes=total,
        units_billed=np.where(undecided, ABSENT, days.sums(np.where(pooled, units_billed, 0))),
        units_allowed=allowed,
        units_total_time=by_total,
        units_midpoint=by_midpoint,
        method=batch.term("unit_method")[day_visit],
        codes=days.sums(pooled.astype(np.int64)),
        visits=_distinct_visits(batch, visits),
    )
    code_day = CodeDayFacts(
        visit=of_first,
        line=first_billed,
        day=days.of,
        code=lines.code[first],
        timed=pooled,
        minutes=minutes,
        assistant_minutes=assistant,
        remainder=remainder,
        units_billed=units_billed,
        units_low=low,
        units_high=high,
        assistant_billed=code_days.sums(np.where(with_modifier, np.maximum(lines.units, 0), 0)),
        assistant_low=shares[0],
        assistant_high=shares[1],
        lines=code_days.sums(billed_lines.astype(np.int64)),
        plain_lines=_plain_lines(code_days, lines, billed_lines),
    )
    return day, code_day


def _allocate(
    batch: Batch,
    days: Groups,
    day_visit: IntArray,
    pooled: NDArray[np.bool_],
    minutes: IntArray,
    length: IntArray,
    lookup: Lookup,
) -> tuple[IntArray, ...]:
    """Units of the timed codes; the codes of a day that are not timed, or of days that lack minutes, are ABSENT."""
    complete = ~days.any(pooled & (minutes == ABSENT))
    floor = np.where(
        batch.term("unit_method")[day_visit] == UNIT_METHODS.index("cms"),
        lookup.parameter("cms/timed_units:first_unit_minimum")[day_visit],
        lookup.parameter("cms/midpoint:first_unit_minimum")[day_visit],
    )
    complete &= (length > 0) & (floor > 0) & (batch.term("unit_method")[day_visit] >= 0)
    counted = pooled & complete[days.of]
    rows = np.flatnonzero(counted)
    sizes = days.sums(counted.astype(np.int64))
    starts = np.append(0, np.cumsum(sizes))
    count, size = days.count, rows.size
    _, (by_total, by_midpoint, allowed, low, high) = run(
        allocate,
        size,
        starts,
        minutes[rows],
        batch.term("unit_method")[day_visit],
        batch.term("cap_units_at_total")[day_visit],
        np.maximum(length, 1),
        floor,
        fills=(count, count, count, size, size),
    )
    spread = [np.full(pooled.size, ABSENT, dtype=np.int64) for _ in range(3)]
    for column, values in zip(spread, (low, high, minutes[rows] % np.maximum(length, 1)[days.of[rows]]), strict=True):
        column[rows] = values
    total = days.sums(np.where(counted, minutes, 0))
    per_day = (by_total, by_midpoint, allowed, total)
    by_total, by_midpoint, allowed, total = (np.where(complete, values, ABSENT) for values in per_day)
    return spread[0], spread[1], by_total, by_midpoint, allowed, total, spread[2]


def _shares(
    timed: NDArray[np.bool_],
    minutes: IntArray,
    assistant: IntArray,
    units: IntArray,
    lengths: IntArray,
    visit: IntArray,
    lookup: Lookup,
    policy: Policy,
) -> list[IntArray]:
    """Fewest and most units that need the assistant modifier; ABSENT where minutes or units are, or no rule is known."""
    rule = lookup.words("cms/assistants:rule", _RULES)[visit]
    computable = (minutes != ABSENT) & (units != ABSENT) & (rule != RULE_NONE) & (minutes >= assistant)
    names = ("de_minimis_percent", "last_unit_therapist_minimum", "two_unit_minimum", "two_unit_maximum")
    numbers = [lookup.parameter(f"cms/assistants:{name}")[visit] for name in names]
    _, filled = run(
        assistant_units,
        minutes.size,
        np.where(computable, rule, RULE_NONE),
        minutes,
        assistant,
        timed.astype(np.int64),
        units,
        np.maximum(lengths, 1),
        *numbers,
        fills=(minutes.size, minutes.size),
    )
    return [np.where(computable, values, ABSENT) for values in filled]


def _outside(
    days: Groups, counted: NDArray[np.bool_], billed: IntArray, low: IntArray, high: IntArray, line: IntArray
) -> IntArray:
    """The line of the one code of a day that is billed outside what any allocation gives it, else ABSENT."""
    outside = counted & (low != ABSENT) & ((billed < low) | (billed > high))
    return np.where(days.sums(outside.astype(np.int64)) == 1, days.sums(np.where(outside, line, 0)), ABSENT)


def _distinct_visits(batch: Batch, visits: VisitFacts) -> IntArray:
    """How many visit records with lines each day spans, days in the order of their keys."""
    with_lines = np.flatnonzero(visits.lines > 0)
    keys = (visits.patient, visits.day, visits.discipline, batch.terms_of)
    return np.diff(group(*(key[with_lines] for key in keys)).starts)


def _first_billed(code_days: Groups, billed: NDArray[np.bool_]) -> IntArray:
    """The first billed line of every code-day, or its first line where none is billed."""
    ordered = billed[code_days.order]
    places = np.where(ordered, np.arange(ordered.size), ordered.size)
    earliest = np.minimum.reduceat(places, code_days.starts[:-1]) if code_days.count else places
    return code_days.order[np.where(earliest < ordered.size, earliest, code_days.starts[:-1])]


def _plain_lines(code_days: Groups, lines: LineFacts, billed: NDArray[np.bool_]) -> IntArray:
    """How many billed lines of a code-day carry the very modifiers of another one."""
    rows = np.flatnonzero(billed)
    counts = np.zeros(code_days.count, dtype=np.int64)
    if rows.size:
        of = np.empty(billed.size, dtype=np.int64)
        of[code_days.order] = code_days.of
        same = group(of[rows], lines.modifiers[rows])
        np.add.at(counts, of[rows][same.first], np.diff(same.starts) - 1)
    return counts
