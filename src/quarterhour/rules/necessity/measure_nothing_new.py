"""The goals keep the very same current values over more than a report period."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Where so many days in a row end on which the goals have the same current values."""
    course = facts.course
    rows = rows[course.same_measures[rows] > 1]
    if not rows.size:
        return Hits(rows)
    least = facts.parameter("own/course:same_measures_days")[course.visit[rows]]
    rows = rows[course.same_measures[rows] >= least]
    return Hits(rows, {"days": course.same_measures[rows]})


RULE = Rule(
    code="NEC201",
    name="measures-never-move",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="necessity",
    over="course",
    reads=("own/course:same_measures_days",),
    element="progress",
    message="The current values of the goals are the same on {days} treatment days in a row",
    remedy=chart("When were the goals last measured, and what came out?"),
    sources=("cms-bpm-15-220.3", "quarterhour-own-threshold"),
    find=find,
)
