"""Neither note nor record states the total treatment time."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.documentation._reading import under_no_service
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.note_codes import NOTHING


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of visits with a billed service without the total, where the record has none either; and, where nothing
    is billed yet, notes that tell a treatment and name no service.
    """
    visit = facts.note.visit[rows]
    asked = facts.parameter("cms/treatment_note:total_treatment_minutes")[visit] > 0
    return Hits(rows[asked & ((facts.visit.billed_lines[visit] > 0) | under_no_service(facts, rows))])


RULE = Rule(
    code="DOC105",
    name="treatment-time-not-stated",
    severity="warning",
    confidence="high",
    persona="therapist",
    kind="documentation",
    over="note",
    only_where=(
        exactly("grades.total_treatment_time", NOTHING),
        exactly("visit.total_treatment_minutes", ABSENT),
    ),
    applies="treatment_note",
    reads=("cms/treatment_note:total_treatment_minutes",),
    element="total_treatment_time",
    message="neither the note nor the record states the total treatment time",
    remedy=chart("How many minutes did the whole treatment take, timed and untimed?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
