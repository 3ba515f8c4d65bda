"""The plan of care has no goals."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, fails
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Plans of which the record has content, but no goal. Diagnoses alone are none: claims and tables have them too."""
    visit = facts.visit
    return Hits(rows[visit.frequency_given[rows] | visit.duration_given[rows]])


RULE = Rule(
    code="POC102",
    name="plan-without-goals",
    severity="warning",
    confidence="high",
    persona="therapist",
    kind="plan_of_care",
    over="visit",
    only_where=(fails("goals"),),
    applies="certification",
    needs=("plan_given",),
    element="functional_goal",
    message="The plan of care has no goals",
    remedy=chart("Which measurable, functional goals was the plan written for?"),
    sources=("cms-bpm-15-220.1.2",),
    find=find,
)
