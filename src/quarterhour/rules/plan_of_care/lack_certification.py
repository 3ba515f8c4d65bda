"""The plan of care is not certified although its certification was due."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days, exactly
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.plan_of_care._dates import began, ordered


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits later than the certification was due, under a plan without one and without an order that stands for it."""
    visit = facts.visit
    due = facts.parameter("cms/plan_of_care:initial_certification_days")[rows]
    passed = visit.day[rows] - began(facts, rows)
    late = (passed > due) & ~ordered(facts, rows)
    rows = rows[late]
    return Hits(rows, {"passed": passed[late], "start": days(began(facts, rows)), "due": due[late]})


RULE = Rule(
    code="POC103",
    name="certification-missing",
    severity="error",
    confidence="high",
    persona="biller",
    kind="plan_of_care",
    over="visit",
    only_where=(exactly("certified", ABSENT),),
    applies="certification",
    reads=("cms/plan_of_care:initial_certification_days", "cms/plan_of_care:order_exception"),
    needs=("plan_established",),
    message="No certification {passed} days after treatment began on {start}; it was due within {due}",
    remedy=chart("Has the physician or practitioner signed and dated the plan, and on which day?"),
    sources=("cms-bpm-15-220.1.3", "noridian-certification-2025"),
    find=find,
)
