"""The last progress report is counted to a visit that has not been."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits with a lower number than the visit of the last progress report."""
    visit = facts.visit
    rows = rows[visit.last_progress_report_visit[rows] > visit.visit_number[rows]]
    return Hits(rows, {"number": visit.visit_number[rows], "last": visit.last_progress_report_visit[rows]})


RULE = Rule(
    code="POC113",
    name="visit-count-contradictory",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="plan_of_care",
    over="visit",
    applies="progress_reports",
    needs=("visit_number", "last_progress_report_visit"),
    message="This is visit {number}, but the last progress report is said to be of visit {last}",
    remedy=chart("How many treatment days, this one included, have there been under the plan?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
