"""A signed order stands for the certification, but nothing shows that the plan was sent."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days, exactly
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.plan_of_care._dates import began, ordered


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits later than the plan had to be sent, under a plan that rests on an order without proof of sending."""
    visit = facts.visit
    rows = rows[ordered(facts, rows)]
    if not rows.size:
        return Hits(rows)
    due = facts.parameter("cms/plan_of_care:order_exception_transmission_days")[rows]
    late = visit.day[rows] - began(facts, rows) > due
    rows = rows[late]
    return Hits(rows, {"signed": days(visit.order_signed[rows]), "due": due[late]})


RULE = Rule(
    code="POC107",
    name="order-exception-unproven",
    severity="warning",
    confidence="medium",
    persona="therapist",
    kind="plan_of_care",
    over="visit",
    only_where=(exactly("sent_to_referrer", ABSENT),),
    applies="certification",
    reads=("cms/plan_of_care:order_exception", "cms/plan_of_care:order_exception_transmission_days"),
    needs=("plan_established",),
    message="The order of {signed} stands for the certification, but nothing shows the plan was sent within {due} days",
    remedy=chart("On which day, and how, was the plan of care sent to the referring physician or practitioner?"),
    sources=("noridian-certification-2025", "cms-bpm-15-220.1.3"),
    find=find,
)
