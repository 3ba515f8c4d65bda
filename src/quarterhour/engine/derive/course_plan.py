"""Plans of care along a course: certification that ends, goals that stand and measures that do not move."""

from __future__ import annotations

import re
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT, Table
from quarterhour.engine.derive.batch import Batch, translate
from quarterhour.engine.derive.groups import distinct
from quarterhour.engine.derive.treatment_days import TreatmentDays, mixed
from quarterhour.rules.facts import VisitFacts

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
_COUNTS: Final = {"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_COUNT: Final = rf"\d|{'|'.join(_COUNTS)}"
#: How often a week as people write it: "2 per week", "2-3x/wk", "twice a week", "3 times weekly"; of a range the more.
_A_WEEK: Final = re.compile(
    rf"\b(?:(?:{_COUNT}) *+(?:-|–|to|or) *+)?({_COUNT}) *+(?:x|times|visits|days)? *+"
    r"(?:/|per|a|each|every|x)? *+w(?:ee)?k(?:ly)?\b",
    re.IGNORECASE,
)
#: More than the days of a calendar, so that courses numbered with it never run into each other.
_CALENDAR: Final = 1 << 22


class ByDay(msgspec.Struct, frozen=True):
    """Of every treatment day, as ``CourseFacts`` has them."""

    certified_before: IntArray
    same_measures: IntArray
    goals_kept: BoolArray
    measures_moved: BoolArray


class ByVisit(msgspec.Struct, frozen=True):
    """Of every visit of the courses, as ``CourseFacts`` has them."""

    most_a_week: IntArray
    goals_overdue: IntArray


class PlansInARow(msgspec.Struct, frozen=True):
    """What plans of care say along courses."""

    by_day: ByDay
    by_visit: ByVisit


def plans_in_a_row(batch: Batch, visits: VisitFacts, course: TreatmentDays) -> PlansInARow:
    """Compare the plans of every treatment day with those before."""
    goals = batch.visits.children["plan_of_care.goals"]
    words, has_goals = _signature(goals, ("id", "text", "measure", "target", "due"), np.ones(goals.rows, np.bool_))
    values, measured = _signature(goals, ("id", "text", "measure", "current"), goals["current"] != ABSENT)
    kept = course.run(*course.agreed(words[course.visits], has_goals[course.visits]))
    values_of_day, known = course.agreed(values[course.visits], measured[course.visits])
    moved = np.zeros(kept.size, dtype=np.bool_)
    moved[1:] = known[1:] & known[:-1] & ~course.begins[1:] & (values_of_day[1:] != values_of_day[:-1])
    often = translate(batch.visits["plan_of_care.frequency"], _most_a_week, batch.columns.texts.values)
    return PlansInARow(
        ByDay(
            certified_before=_certified_before(visits, course),
            same_measures=course.ended_run(values_of_day, known),
            goals_kept=kept > 1,
            measures_moved=moved,
        ),
        ByVisit(often[course.visits], _overdue(batch, visits, goals)[course.visits]),
    )


def _signature(goals: Table, columns: tuple[str, ...], rows: BoolArray) -> tuple[IntArray, BoolArray]:
    """For every visit a number for what its goals say in these columns, whatever their order, and whether any does."""
    said = np.where(rows, mixed(*(goals[name] for name in columns)), 0)
    return goals.sums(said), goals.sums(rows) > 0


def _certified_before(visits: VisitFacts, course: TreatmentDays) -> IntArray:
    """The latest end of certification among the days before each of a course."""
    ends = course.largest(visits.certified_through[course.visits])
    number = np.cumsum(course.begins)
    running = np.maximum.accumulate(number * _CALENDAR + ends + 1) - number * _CALENDAR - 1
    before = np.full(ends.size, ABSENT)
    before[1:] = np.where(course.begins[1:], ABSENT, running[:-1])
    return before


def _overdue(batch: Batch, visits: VisitFacts, goals: Table) -> IntArray:
    """Goals past their date that their numbers do not show to be reached."""
    if not goals.rows:
        return np.zeros(visits.visit.size, dtype=np.int64)
    past = (goals["due"] != ABSENT) & (goals["due"] < visits.day[goals.rows_of()])
    baseline, target, current = (_values(goals[name], batch) for name in ("baseline", "target", "current"))
    # A number that is not there compares as false either way.
    rises = ~(target < baseline)
    reached = np.where(rises, current >= target, current <= target)
    return goals.sums(past & ~reached)


def _values(positions: IntArray, batch: Batch) -> NDArray[np.float64]:
    """The numbers that text positions stand for, NaN where there is none."""
    texts = batch.columns.texts.values
    different, places = distinct(positions)
    return np.array([float("nan") if at == ABSENT else float(texts[at]) for at in different.tolist()])[places]


def _most_a_week(said: str) -> int:
    """Visits a week at the most, over all that the words name; ABSENT where they are not read."""
    found = [match[1].lower() for match in _A_WEEK.finditer(said)]
    return max((_COUNTS[one] if one in _COUNTS else int(one) for one in found), default=ABSENT)
