"""The record of a visit has no total treatment minutes."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits with a billed service, without the total and without a note that might give it."""
    visit = facts.visit
    rows = rows[(visit.total_treatment_minutes[rows] == ABSENT) & ~visit.note_given[rows]]
    if not rows.size:
        return Hits(rows)
    asked = facts.parameter("cms/treatment_note:total_treatment_minutes")[rows] > 0
    return Hits(rows[asked & (visit.billed_lines[rows] > 0)])


RULE = Rule(
    code="TIM117",
    name="total-treatment-minutes-missing",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="visit",
    applies="treatment_note",
    reads=("cms/treatment_note:total_treatment_minutes",),
    element="total_treatment_time",
    message="the visit has services and no total treatment time",
    remedy=chart("How many minutes did the whole treatment take, timed and untimed?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
