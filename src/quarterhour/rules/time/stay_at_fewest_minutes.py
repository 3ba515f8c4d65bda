"""On most days the minutes are the fewest that make the units billed."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Days with the fewest minutes for their units, as so many of the latest days have."""
    course = facts.course
    rows = rows[course.fewest_days[rows] > 0]
    if not rows.size:
        return Hits(rows)
    visit = course.visit[rows]
    window = facts.parameter("own/course:fewest_minutes_window")[visit]
    enough = course.fewest_days[rows] >= facts.parameter("own/course:fewest_minutes_days")[visit]
    rows = rows[enough]
    return Hits(rows, {"days": course.fewest_days[rows], "window": window[enough], "minutes": course.minutes[rows]})


RULE = Rule(
    code="TIM302",
    name="minutes-mostly-fewest-for-units",
    severity="info",
    confidence="low",
    persona="auditor",
    kind="documentation",
    over="course",
    reads=(
        "cms/timed_units:minutes_per_unit",
        "cms/timed_units:first_unit_minimum",
        "own/course:fewest_minutes_window",
        "own/course:fewest_minutes_days",
    ),
    message="{days} of the latest {window} treatment days have the fewest minutes for their units ({minutes} here)",
    remedy=chart("Are these the minutes of each day as they were?"),
    sources=("cms-cpm-5-20.2", "quarterhour-own-threshold"),
    find=find,
)
