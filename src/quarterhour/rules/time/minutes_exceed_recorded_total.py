"""The minutes of the timed services are more than the recorded total of timed minutes."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose timed services sum to more than the total the record states for them."""
    visit = facts.visit
    rows = rows[visit.timed_minutes[rows] > visit.total_timed_minutes[rows]]
    return Hits(rows, {"timed": visit.timed_minutes[rows], "recorded": visit.total_timed_minutes[rows]})


RULE = Rule(
    code="TIM102",
    name="timed-minutes-exceed-recorded-total",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="time_conflict",
    over="visit",
    element="total_timed_minutes",
    needs=("timed_minutes", "total_timed_minutes"),
    message="timed services sum to {timed} minutes, the record states {recorded} timed minutes in all",
    remedy=chart("Which is right, the {timed} minutes of the services or the stated total of {recorded}?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
