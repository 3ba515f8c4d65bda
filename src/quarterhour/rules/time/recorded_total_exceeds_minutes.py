"""The recorded total of timed minutes is more than the timed services add up to."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits that state more timed minutes than their timed services have."""
    visit = facts.visit
    rows = rows[visit.timed_minutes[rows] < visit.total_timed_minutes[rows]]
    return Hits(rows, {"timed": visit.timed_minutes[rows], "recorded": visit.total_timed_minutes[rows]})


RULE = Rule(
    code="TIM118",
    name="recorded-total-exceeds-timed-minutes",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="time_conflict",
    over="visit",
    element="total_timed_minutes",
    needs=("timed_minutes", "total_timed_minutes"),
    message="the record states {recorded} timed minutes in all, its timed services sum to {timed}",
    remedy=chart("Is a timed service missing from the record, or does the total of {recorded} hold untimed minutes?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
