"""The note says that it goes better, beside levels of assistance that have stayed the same."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes that claim progress without a number after so many days of the same levels, no measure having moved."""
    course = facts.course
    rows = rows[(course.improving_start[rows] != ABSENT) & ~course.measures_moved[rows]]
    if not rows.size:
        return Hits(rows)
    least = facts.parameter("own/course:same_levels_days")[course.visit[rows]]
    rows = rows[course.same_levels[rows] >= least]
    evidence = ((course.improving_start[rows], course.improving_end[rows]),)
    return Hits(rows, {"days": course.same_levels[rows]}, evidence)


RULE = Rule(
    code="DOC602",
    name="progress-told-at-same-levels",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="course",
    reads=("own/course:same_levels_days",),
    element="progress",
    message="Progress is told without a number; the levels of assistance are the same for {days} treatment days",
    remedy=chart("What is it that goes better, and by how much?"),
    sources=("cms-bpm-15-220.3", "quarterhour-own-threshold"),
    find=find,
)
