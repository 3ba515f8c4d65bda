"""A patient's visits in a row: what repeats from one treatment day to the next, and what passes in between.

A course is a patient's treatment days in one discipline, in order of date. What is compared are days, not visits, so
the order in which visits were entered, and a day with two of them, change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.domain.reading import Reading
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.course_notes import NotesInARow, notes_in_a_row
from quarterhour.engine.derive.course_plan import PlansInARow, plans_in_a_row
from quarterhour.engine.derive.groups import Groups, group
from quarterhour.engine.derive.lookup import Lookup
from quarterhour.engine.derive.rows import blank
from quarterhour.engine.derive.treatment_days import TreatmentDays, mixed
from quarterhour.engine.kernels.units import METHOD_TOTAL_TIME
from quarterhour.policy import Policy
from quarterhour.rules.course_facts import CourseFacts
from quarterhour.rules.facts import DayFacts, LineFacts, VisitFacts

IntArray = NDArray[np.int64]
_DAYS_OF_WEEK: Final = 7


def course_facts(
    batch: Batch,
    visits: VisitFacts,
    lines: LineFacts,
    days: Callable[[], DayFacts],
    readings: Sequence[Reading | None],
    asked: Lookup,
    policy: Policy,
) -> CourseFacts:
    """One row a visit that has a treatment day before it.

    ``days`` gives the day table, if it is needed; ``readings`` are none at all, or one for every visit.

    A treatment day is one on which something is billed: a visit that was cancelled is none.
    """
    if batch.count == 1:
        return blank(CourseFacts)
    rows = np.flatnonzero(visits.patient_given & (visits.discipline > 0) & (visits.billed_lines > 0))
    if rows.size < 2:
        return blank(CourseFacts)
    groups = group(visits.patient[rows], visits.discipline[rows], visits.day[rows])
    course = _course(visits, rows, groups)
    later = course.number[course.day_of] > 1
    if not later.any():
        return blank(CourseFacts)
    same, total = _minutes(visits, lines, course)
    plans = plans_in_a_row(batch, visits, course)
    notes = notes_in_a_row(batch, course, readings, policy)
    kept = np.flatnonzero(later)
    at = course.day_of[kept]
    visit = course.visits[kept]
    return CourseFacts(
        visit=visit,
        line=np.full(visit.size, ABSENT),
        earlier_day=course.day[at - 1],
        days=course.number[at],
        same_minutes=same[at],
        minutes=total[at],
        fewest_days=_fewest(course, days(), asked)[at],
        week_start=_week(course.day)[at] * _DAYS_OF_WEEK + 1,
        week_days=_in_week(course)[at],
        **_taken(plans, at, kept),
        **_taken(notes, at, kept),
    )


def _taken(found: PlansInARow | NotesInARow, at: IntArray, kept: IntArray) -> dict[str, Any]:
    """The columns of the visits that are kept, of columns that are by day or by visit."""
    by_day = {name: getattr(found.by_day, name)[at] for name in found.by_day.__struct_fields__}
    return by_day | {name: getattr(found.by_visit, name)[kept] for name in found.by_visit.__struct_fields__}


def _course(visits: VisitFacts, rows: IntArray, groups: Groups) -> TreatmentDays:
    first = rows[groups.first]
    begins = np.ones(groups.count, dtype=np.bool_)
    begins[1:] = (visits.patient[first][1:] != visits.patient[first][:-1]) | (
        visits.discipline[first][1:] != visits.discipline[first][:-1]
    )
    place = np.arange(groups.count)
    start = np.maximum.accumulate(np.where(begins, place, 0))
    return TreatmentDays(
        visits=rows[groups.order],
        day_of=groups.of,
        starts=groups.starts,
        day=visits.day[first],
        begins=begins,
        start=start,
        number=place - start + 1,
    )


def _minutes(visits: VisitFacts, lines: LineFacts, course: TreatmentDays) -> tuple[IntArray, IntArray]:
    """For every day in how many days in a row, where those end, minutes and codes were the same; and its minutes."""
    timed = np.flatnonzero(lines.in_total)
    said = np.zeros(visits.visit.size, dtype=np.int64)
    count = np.zeros(visits.visit.size, dtype=np.int64)
    np.add.at(said, lines.visit[timed], mixed(lines.code[timed], lines.minutes[timed]))
    np.add.at(count, lines.visit[timed], 1)
    minutes = visits.timed_minutes[course.visits]
    lacking = course.any(minutes == ABSENT)
    total = np.where(lacking, ABSENT, course.sums(minutes))
    comparable = ~lacking & (course.sums(count[course.visits]) > 1)
    return course.ended_run(course.sums(said[course.visits]), comparable), total


def _fewest(course: TreatmentDays, days: DayFacts, asked: Lookup) -> IntArray:
    """Days with the fewest minutes that make their units, among the latest of the course; ABSENT where this is none.

    By the total-time rule u units begin at (u - 1) times a unit's length and the first unit's least minutes.
    """
    visit = days.visit
    least = asked.parameter("cms/timed_units:first_unit_minimum")[visit]
    length = asked.parameter("cms/timed_units:minutes_per_unit")[visit]
    few = (
        (days.method == METHOD_TOTAL_TIME)
        & (least > 0)
        & (length > 0)
        & (days.units_billed > 0)
        & (days.minutes == (days.units_billed - 1) * length + least)
    )
    of_visit = np.zeros(asked.batch.count, dtype=np.bool_)
    of_visit[visit[few]] = True
    tight = course.any(of_visit[course.visits])
    window = asked.parameter("own/course:fewest_minutes_window")[course.visits[course.starts[:-1]]]
    running = np.concatenate(([0], np.cumsum(tight)))
    place = np.arange(tight.size)
    # Where it is not known nothing is looked back on.
    begin = np.maximum(course.start, place + 1 - np.maximum(window, 0))
    return np.where(tight & (window > 0), running[place + 1] - running[begin], ABSENT)


def _in_week(course: TreatmentDays) -> IntArray:
    """How many treatment days of the course the week has so far."""
    week = _week(course.day)
    place = np.arange(week.size)
    turns = course.begins.copy()
    turns[1:] |= week[1:] != week[:-1]
    return place - np.maximum.accumulate(np.where(turns, place, 0)) + 1


def _week(days: IntArray) -> IntArray:
    """The number of a day's week: ordinal 1 was a Monday."""
    return (days - 1) // _DAYS_OF_WEEK
