"""What rules may read of a patient's visits in a row, as ``rules.facts`` has what they may read of each."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class CourseFacts(msgspec.Struct, frozen=True):
    """One row a billed visit of a patient in a discipline on a later day than another: what it is in their course.

    Only days before and the day itself count, but for the columns that say "ended": they hold 0 on a day whose run
    goes on, so that a run is told once. A count of days is one of treatment days, the visit's own included.
    """

    visit: IntArray
    line: IntArray
    earlier_day: IntArray
    """the treatment day before this one"""
    days: IntArray
    """treatment days of the course so far"""
    same_minutes: IntArray
    """ended: days in a row on which two timed services or more had the very same codes and minutes; ABSENT where this
    day has fewer, or one of them has no minutes"""
    minutes: IntArray
    """timed minutes of the day, ABSENT where one of them has none"""
    fewest_days: IntArray
    """days whose timed minutes are the fewest that make the units billed, among the latest so many that
    ``own/course:fewest_minutes_window`` says; ABSENT where this day is none of them"""
    week_start: IntArray
    """the Monday of the week"""
    week_days: IntArray
    """treatment days in the week so far"""
    most_a_week: IntArray
    """visits a week at the most as the plan's words say it, ABSENT where not given or not read"""
    certified_before: IntArray
    """last day that a record of an earlier day names as certified, ABSENT where none does"""
    goals_overdue: IntArray
    """goals of the plan that are past their date and, by their numbers, not reached"""
    goals_kept: BoolArray
    """the goals stand as they stood on the treatment day before: same words, targets and dates"""
    same_measures: IntArray
    """ended: days in a row on which the goals have the very same current values, ABSENT where none has one"""
    note_words: IntArray
    """words of the note, ABSENT where there is none"""
    note_share: IntArray
    """percent of its runs of words that stand in the notes of the earlier day it is most like; ABSENT where none"""
    note_day: IntArray
    """that earlier day"""
    same_response: IntArray
    """ended: days in a row with the very same words for the patient's response; ABSENT where the note has none"""
    response_start: IntArray
    response_end: IntArray
    same_levels: IntArray
    """days in a row with the same levels of assistance, ABSENT where the note has none"""
    improving_start: IntArray
    improving_end: IntArray
    """where the note says without a number that it goes better, ABSENT where it does not"""
    measures_moved: BoolArray
    """a current value of a goal is another than on the treatment day before"""
