"""The visit is the last by which the progress report is due."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.plan_of_care._reports import due_by


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits that end the report period."""
    visit = facts.visit
    last = visit.last_progress_report_visit[rows]
    rows = rows[(visit.visit_number[rows] == due_by(facts, rows)) & (visit.visit_number[rows] != last)]
    return Hits(rows, {"number": visit.visit_number[rows], "last": visit.last_progress_report_visit[rows]})


RULE = Rule(
    code="POC110",
    name="progress-report-due",
    severity="info",
    confidence="high",
    persona="therapist",
    kind="plan_of_care",
    over="visit",
    applies="progress_reports",
    reads=("cms/plan_of_care:progress_report_treatment_days",),
    needs=("visit_number", "last_progress_report_visit"),
    element="progress",
    message="Visit {number} is the last treatment day of the report period; the last report is of visit {last}",
    remedy=chart("Has the progress report for this period been written?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
