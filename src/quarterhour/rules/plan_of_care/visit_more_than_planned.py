"""More treatment days in a week than the plan's frequency names."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits beyond the week's number; the week of the evaluation, which is no visit of the frequency, is left out."""
    course = facts.course
    often = course.most_a_week[rows]
    rows = rows[(often != ABSENT) & (course.week_days[rows] > often)]
    if not rows.size:
        return Hits(rows)
    rows = rows[facts.visit.plan_established[course.visit[rows]] < course.week_start[rows]]
    return Hits(rows, {"days": course.week_days[rows], "planned": course.most_a_week[rows]})


RULE = Rule(
    code="POC122",
    name="visits-beyond-frequency",
    severity="info",
    confidence="medium",
    persona="therapist",
    kind="plan_of_care",
    over="course",
    needs=("visit.plan_established",),
    message="Treatment day {days} of the week; the plan's frequency is {planned} a week at the most",
    remedy=choice("Record why more was needed that week, or change the frequency in the plan."),
    sources=("cms-bpm-15-220.1.2",),
    find=find,
)
