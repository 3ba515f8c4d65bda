"""The plan that rests on a signed order was sent too late."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days, given
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.plan_of_care._dates import began, ordered


def find(facts: Facts, rows: IntArray) -> Hits:
    """Plans without a certification that were sent to the referrer after the days an order allows."""
    visit = facts.visit
    rows = rows[ordered(facts, rows)]
    if not rows.size:
        return Hits(rows)
    due = facts.parameter("cms/plan_of_care:order_exception_transmission_days")[rows]
    passed = visit.sent_to_referrer[rows] - began(facts, rows)
    late = passed > due
    rows = rows[late]
    return Hits(rows, {"sent": days(visit.sent_to_referrer[rows]), "passed": passed[late], "due": due[late]})


RULE = Rule(
    code="POC117",
    name="plan-sent-late",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="plan_of_care",
    over="visit",
    only_where=(given("sent_to_referrer"),),
    applies="certification",
    reads=("cms/plan_of_care:order_exception", "cms/plan_of_care:order_exception_transmission_days"),
    needs=("plan_established",),
    message="The plan was sent on {sent}, {passed} days after treatment began; an order counts if within {due}",
    remedy=chart("Was the plan sent earlier as well, or has it been signed since?"),
    sources=("noridian-certification-2025", "cms-bpm-15-220.1.3"),
    find=find,
)
