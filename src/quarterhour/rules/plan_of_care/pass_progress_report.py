"""More treatment days have gone by than one progress report covers."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.plan_of_care._reports import due_by


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits beyond the treatment day by which the next progress report was due."""
    visit = facts.visit
    due = due_by(facts, rows)
    over = visit.visit_number[rows] > due
    rows = rows[over]
    return Hits(
        rows,
        {"number": visit.visit_number[rows], "last": visit.last_progress_report_visit[rows], "due": due[over]},
    )


RULE = Rule(
    code="POC109",
    name="progress-report-overdue",
    severity="error",
    confidence="high",
    persona="therapist",
    kind="plan_of_care",
    over="visit",
    applies="progress_reports",
    reads=("cms/plan_of_care:progress_report_treatment_days",),
    needs=("visit_number", "last_progress_report_visit"),
    element="progress",
    message="Visit {number}, and the last progress report is of visit {last}: the next was due by visit {due}",
    remedy=chart("Was a progress report written for the period that ended with visit {due}, and on which day?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
