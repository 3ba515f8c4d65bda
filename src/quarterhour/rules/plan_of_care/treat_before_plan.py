"""Treatment was furnished before its plan of care was established."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days, on_a_line
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed visits before the day of the plan; where the visit evaluates, the plan is what comes of it."""
    visit, line = facts.visit, facts.line
    rows = rows[visit.day[rows] < visit.plan_established[rows]]
    if not rows.size:
        return Hits(rows)
    evaluated = facts.of_kind(line.kind, "evaluation", "re-evaluation")
    rows = rows[~on_a_line(facts, evaluated)[rows] & (visit.billed_lines[rows] > 0)]
    return Hits(rows, {"established": days(visit.plan_established[rows])})


RULE = Rule(
    code="POC101",
    name="service-before-plan",
    severity="error",
    confidence="medium",
    persona="therapist",
    kind="plan_of_care",
    over="visit",
    applies="certification",
    needs=("plan_established",),
    message="Treatment was furnished before {established}, the day the plan of care was established",
    remedy=chart("Was the plan established earlier than recorded, or did its author treat or supervise that day?"),
    sources=("cms-bpm-15-220.1.2",),
    find=find,
)
