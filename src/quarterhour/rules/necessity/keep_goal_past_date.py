"""Goals stand unaltered after the day by which they were to be reached."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits with goals past their date, not reached by their numbers, and as they stood on the day before."""
    course = facts.course
    rows = rows[(course.goals_overdue[rows] > 0) & course.goals_kept[rows]]
    return Hits(rows, {"goals": course.goals_overdue[rows]})


RULE = Rule(
    code="NEC202",
    name="goals-kept-past-their-date",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="necessity",
    over="course",
    element="functional_goal",
    message="Goals past their date, not reached, and as they stood on the treatment day before: {goals}",
    remedy=chart("Were these goals reached, changed or given a new date, and why?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
