"""The date of service has not come yet."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, days
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits after today."""
    day = facts.visit.day
    rows = rows[day[rows] > facts.today]
    return Hits(rows, {"on": days(day[rows])})


RULE = Rule(
    code="CLM108",
    name="date-of-service-in-the-future",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="visit",
    message="The date of service {on} has not come yet",
    remedy=choice("Correct the date of service, or wait with the claim until the visit has taken place."),
    sources=("cms-cpm-26",),
    find=find,
)
