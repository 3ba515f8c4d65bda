"""Late in an episode the note shows neither progress nor a reason for skilled maintenance."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, exactly
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.necessity._reading import without
from quarterhour.rules.note_codes import NOTHING, evaluated, treated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of a late treatment that show no change, no effect and no reason for skill."""
    note, visit = facts.note, facts.visit
    period = facts.parameter("cms/plan_of_care:progress_report_treatment_days")[note.visit[rows]]
    late = visit.visit_number[note.visit[rows]] > period
    rows = rows[late & treated(facts)[rows] & ~evaluated(facts)[rows]]
    return Hits(rows, {"visit": visit.visit_number[note.visit[rows]]})


RULE = Rule(
    code="NEC102",
    name="no-progress-and-no-maintenance-reason",
    severity="warning",
    confidence="low",
    persona="auditor",
    kind="necessity",
    over="note",
    only_where=(exactly("grades.progress", NOTHING), *without("skilled_rationale", "patient_response")),
    reads=("cms/plan_of_care:progress_report_treatment_days",),
    needs=("visit.visit_number",),
    element="progress",
    message="visit {visit}: the note shows no change, no effect and no reason why upkeep would take a therapist",
    remedy=chart("Is improvement still expected, or does keeping the function take a therapist's skill, and why?"),
    sources=("cms-bpm-15-220.2",),
    find=find,
)
