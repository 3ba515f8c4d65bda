"""The minutes of the timed services are more than the whole treatment took."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits whose timed services sum to more than the total treatment minutes."""
    visit = facts.visit
    rows = rows[visit.timed_minutes[rows] > visit.total_treatment_minutes[rows]]
    return Hits(rows, {"timed": visit.timed_minutes[rows], "total": visit.total_treatment_minutes[rows]})


RULE = Rule(
    code="TIM101",
    name="timed-minutes-exceed-treatment-time",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="time_conflict",
    over="visit",
    needs=("timed_minutes", "total_treatment_minutes"),
    message="timed services sum to {timed} minutes, the whole treatment took {total}",
    remedy=chart("Which is right, the {timed} minutes of the services or the {total} minutes of treatment?"),
    sources=("cms-bpm-15-220.3", "cms-cpm-5-20.2"),
    find=find,
)
