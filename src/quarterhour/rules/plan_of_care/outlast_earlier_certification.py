"""The certification that earlier records name has ended, and this record names none."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days
from quarterhour.rules.facts import ABSENT, Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits after the last certified day of earlier records, without a certification, an order or a plan since."""
    course, visit = facts.course, facts.visit
    end = course.certified_before[rows]
    rows = rows[(end != ABSENT) & (visit.day[course.visit[rows]] > end)]
    if not rows.size:
        return Hits(rows)
    at, end = course.visit[rows], course.certified_before[rows]
    named = (visit.certified[at] != ABSENT) | (visit.certified_through[at] != ABSENT) | (visit.order_signed[at] > end)
    over = ~named & (visit.plan_established[at] <= end)
    rows, end = rows[over], end[over]
    return Hits(rows, {"end": days(end), "after": visit.day[course.visit[rows]] - end})


RULE = Rule(
    code="POC121",
    name="certification-ended-among-visits",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="plan_of_care",
    over="course",
    applies="certification",
    message="Certification among the patient's visits ended on {end}, {after} days before; this record names none",
    remedy=chart("Was the plan recertified, and on which day was that signed?"),
    sources=("cms-bpm-15-220.1.3",),
    find=find,
)
