"""The patient's response is told in the very same words, day after day."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Where so many days in a row end whose notes tell the response in the same words."""
    course = facts.course
    rows = rows[course.same_response[rows] > 1]
    if not rows.size:
        return Hits(rows)
    least = facts.parameter("own/course:same_response_days")[course.visit[rows]]
    rows = rows[course.same_response[rows] >= least]
    evidence = ((course.response_start[rows], course.response_end[rows]),)
    return Hits(rows, {"days": course.same_response[rows]}, evidence)


RULE = Rule(
    code="DOC603",
    name="response-same-every-day",
    severity="info",
    confidence="medium",
    persona="auditor",
    kind="documentation",
    over="course",
    reads=("own/course:same_response_days",),
    element="patient_response",
    message="The response is told in the same words on {days} treatment days in a row",
    remedy=chart("How did the patient respond on this day: what was felt, seen or measured?"),
    sources=("cms-bpm-15-220.3", "quarterhour-own-threshold"),
    find=find,
)
