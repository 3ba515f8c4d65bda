"""The same minutes of the same codes, day after day."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Where so many days in a row end on which two timed services or more had the very same minutes."""
    course = facts.course
    rows = rows[course.same_minutes[rows] > 1]
    if not rows.size:
        return Hits(rows)
    least = facts.parameter("own/course:same_minutes_days")[course.visit[rows]]
    rows = rows[course.same_minutes[rows] >= least]
    return Hits(rows, {"days": course.same_minutes[rows], "minutes": course.minutes[rows]})


RULE = Rule(
    code="TIM301",
    name="minutes-same-every-day",
    severity="info",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="course",
    reads=("own/course:same_minutes_days",),
    element="service_minutes",
    message="Every code has the same minutes on {days} treatment days in a row ({minutes} timed minutes a day)",
    remedy=chart("Are these the minutes of each day as they were, or those planned for it?"),
    sources=("cms-cpm-5-20.2", "quarterhour-own-threshold"),
    find=find,
)
