"""The record of a visit has no total treatment minutes."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly, fails, holds
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits with a billed service, without the total and without a note that might give it."""
    asked = facts.parameter("cms/treatment_note:total_treatment_minutes")[rows] > 0
    return Hits(rows[asked])


RULE = Rule(
    code="TIM117",
    name="total-treatment-minutes-missing",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="documentation",
    over="visit",
    only_where=(
        exactly("total_treatment_minutes", ABSENT),
        fails("note_given"),
        holds("billed_lines"),
    ),
    applies="treatment_note",
    reads=("cms/treatment_note:total_treatment_minutes",),
    element="total_treatment_time",
    message="the visit has services and no total treatment time",
    remedy=chart("How many minutes did the whole treatment take, timed and untimed?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
