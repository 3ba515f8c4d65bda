"""Timed and untimed minutes together are more than the whole treatment took."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose services sum to more than the treatment, though the timed ones alone do not (those are TIM101)."""
    visit = facts.visit
    total = visit.total_treatment_minutes[rows]
    rows = rows[(visit.all_minutes[rows] > total) & (visit.timed_minutes[rows] <= total)]
    return Hits(rows, {"sum": visit.all_minutes[rows], "total": visit.total_treatment_minutes[rows]})


RULE = Rule(
    code="TIM116",
    name="all-minutes-exceed-treatment-time",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="visit",
    element="total_treatment_time",
    needs=("total_treatment_minutes",),
    message="timed and untimed services sum to {sum} minutes, the whole treatment took {total}",
    remedy=chart("Did an untimed service run beside another, or are some of its minutes wrong?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
