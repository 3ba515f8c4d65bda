"""More treatment days have gone by among the patient's visits than one progress report covers."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, given
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits beyond the report period by the visits given; where the record numbers its visits POC109 speaks."""
    visit = facts.visit
    numbered = (visit.visit_number[rows] != ABSENT) & (visit.last_progress_report_visit[rows] != ABSENT)
    most = facts.parameter("cms/plan_of_care:progress_report_treatment_days")[rows]
    over = (facts.history.report_days[rows] > most) & ~numbered
    return Hits(rows[over], {"days": facts.history.report_days[rows[over]], "most": most[over]})


RULE = Rule(
    code="POC120",
    name="no-progress-report-among-visits",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="plan_of_care",
    over="visit",
    only_where=(given("history.report_days"),),
    applies="progress_reports",
    reads=("cms/plan_of_care:progress_report_treatment_days",),
    element="progress",
    message="Treatment day {days} since the last report or evaluation among the patient's visits; one covers {most}",
    remedy=chart("Was a progress report written for these visits, and on which day?"),
    sources=("cms-bpm-15-220.3",),
    find=find,
)
