"""Timed units of a patient's day in one discipline, and of every code in it, by the kernels."""

from __future__ import annotations

from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.compiled import run
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import Groups, group, numbered, runs
from quarterhour.engine.derive.lookup import Lookup
from quarterhour.engine.kernels.shares import RULE_NONE, RULES, assistant_units
from quarterhour.engine.kernels.tally import count_in, only_outside, tally
from quarterhour.engine.kernels.units import allocate
from quarterhour.policy.payers import UNIT_METHODS
from quarterhour.rules.facts import CodeDayFacts, DayFacts, LineFacts, VisitFacts

IntArray = NDArray[np.int64]
_TOTAL_TIME: Final = UNIT_METHODS.index("cms")


class _Sums(msgspec.Struct, frozen=True):
    """Over the lines of every code-day; ABSENT where a line lacks it."""

    minutes: IntArray
    assistant_minutes: IntArray
    units: IntArray
    assistant_units: IntArray
    lines: IntArray
    plain_lines: IntArray
    line: IntArray


def day_facts(
    batch: Batch, patient_day: IntArray, visits: VisitFacts, lines: LineFacts, lookup: Lookup
) -> tuple[DayFacts, CodeDayFacts]:
    """Fill the day and the code-day tables.

    ``patient_day`` is the same number for every visit of a patient on a day.
    """
    visit = lines.visit
    unit_day = numbered(patient_day, visits.discipline, batch.payers)
    code_days = group(unit_day[visit], lines.code)
    first = code_days.first
    at = visit[first]
    days = runs(unit_day[at])
    day_of, day_visit = days.of, at[days.starts[:-1]]
    sums = _sum_up(code_days, lines, lookup)
    length = lookup.parameter("cms/timed_units:minutes_per_unit")[day_visit]
    pooled = lines.in_total[first] & (lines.unit_minutes[first] == length[day_of])
    method = batch.term("unit_method")[day_visit]
    floor = np.where(
        method == _TOTAL_TIME,
        lookup.parameter("cms/timed_units:first_unit_minimum")[day_visit],
        lookup.parameter("cms/midpoint:first_unit_minimum")[day_visit],
    )
    ready = (length > 0) & (floor > 0) & (method >= 0)
    _, (counted_starts, counted, totals, billed, codes) = run(
        count_in,
        at.size,
        days.starts,
        pooled,
        sums.minutes,
        sums.units,
        ready,
        fills=(days.count + 1, at.size, days.count, days.count, days.count),
    )
    counted = counted[: counted_starts[-1]]
    length = np.maximum(length, 1)
    _, (by_total, by_midpoint, allowed, fewest, most) = run(
        allocate,
        counted.size,
        counted_starts,
        sums.minutes[counted],
        method,
        batch.term("cap_units_at_total")[day_visit],
        length,
        floor,
        fills=(days.count, days.count, days.count, counted.size, counted.size),
    )
    known = totals != ABSENT
    low, high = np.full(at.size, ABSENT), np.full(at.size, ABSENT)
    low[counted], high[counted] = fewest, most
    _, (outside,) = run(
        only_outside, at.size, days.starts, pooled, sums.units, low, high, sums.line, fills=(days.count,)
    )
    share_low, share_high = _shares(lines, first, sums, np.where(sums.units > 0, sums.units, high), lookup)
    day = DayFacts(
        visit=day_visit,
        line=outside,
        minutes=totals,
        units_billed=billed,
        units_allowed=np.where(known, allowed, ABSENT),
        units_total_time=np.where(known, by_total, ABSENT),
        units_midpoint=np.where(known, by_midpoint, ABSENT),
        method=method,
        codes=codes,
        visits=np.bincount(unit_day[visits.lines > 0])[unit_day[day_visit]],
    )
    code_day = CodeDayFacts(
        visit=at,
        line=sums.line,
        day=day_of,
        code=lines.code[first],
        timed=pooled,
        minutes=sums.minutes,
        assistant_minutes=sums.assistant_minutes,
        units_billed=sums.units,
        units_low=low,
        units_high=high,
        assistant_billed=sums.assistant_units,
        assistant_low=share_low,
        assistant_high=share_high,
        lines=sums.lines,
        plain_lines=sums.plain_lines,
    )
    return day, code_day


def _sum_up(code_days: Groups, lines: LineFacts, lookup: Lookup) -> _Sums:
    order, count = code_days.order, code_days.count
    _, (minutes, assistant, units, marked, billed, plain, line) = run(
        tally,
        order.size,
        code_days.starts,
        order,
        lines.minutes,
        lines.assistant_minutes,
        lines.units,
        lines.modifiers,
        lookup.modifiers("assistant"),
        fills=(count,) * 7,
    )
    return _Sums(minutes, assistant, units, marked, billed, plain, line)


def _shares(
    lines: LineFacts, first: IntArray, sums: _Sums, units: IntArray, lookup: Lookup
) -> tuple[IntArray, IntArray]:
    """Fewest and most units that need the assistant modifier; ABSENT where they cannot be worked out."""
    rule = lookup.words("cms/assistants:rule", RULES)[lines.visit[first]]
    minutes, assistant = sums.minutes, sums.assistant_minutes
    computable = (minutes != ABSENT) & (units != ABSENT) & (rule != RULE_NONE) & (minutes >= assistant)
    low = np.where(computable, 0, ABSENT)
    high = low.copy()
    shared = np.flatnonzero(computable & (assistant > 0))
    if shared.size:
        of = first[shared]
        names = ("de_minimis_percent", "last_unit_therapist_minimum", "two_unit_minimum", "two_unit_maximum")
        numbers: list[Any] = [lookup.parameter(f"cms/assistants:{name}")[lines.visit[of]] for name in names]
        _, (low[shared], high[shared]) = run(
            assistant_units,
            minutes.size,
            rule[shared],
            minutes[shared],
            assistant[shared],
            lines.timed[of],
            units[shared],
            np.maximum(lines.unit_minutes[of], 1),
            *numbers,
            fills=(shared.size, shared.size),
        )
    return low, high
