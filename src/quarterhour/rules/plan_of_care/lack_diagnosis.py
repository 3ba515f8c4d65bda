"""The plan of care names no diagnosis."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, fails
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Plans of which the record has content, but no diagnosis."""
    visit = facts.visit
    content = (visit.goals[rows] > 0) | visit.frequency_given[rows] | visit.duration_given[rows]
    return Hits(rows[content])


RULE = Rule(
    code="POC111",
    name="plan-without-diagnosis",
    severity="warning",
    confidence="high",
    persona="therapist",
    kind="plan_of_care",
    over="visit",
    only_where=(fails("diagnoses"),),
    applies="certification",
    needs=("plan_given",),
    element="diagnosis",
    message="The plan of care names no diagnosis",
    remedy=chart("Which diagnosis or condition does the plan treat?"),
    sources=("cms-bpm-15-220.1.2",),
    find=find,
)
