"""The visit lies after the end of the duration the plan gives itself."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, chart, days, exactly, given, holds
from quarterhour.rules.facts import ABSENT, Facts, IntArray
from quarterhour.rules.plan_of_care._dates import READS, began, certified_anew, reaches


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits after the plan has run out, within the days a certification could have covered."""
    visit = facts.visit
    rows = rows[visit.day[rows] > began(facts, rows) + visit.plan_days[rows]]
    if not rows.size:
        return Hits(rows)
    start = np.where(certified_anew(facts, rows), visit.certified[rows], began(facts, rows))
    end = start + visit.plan_days[rows]
    over = (visit.day[rows] > end) & (visit.day[rows] <= reaches(facts, rows))
    rows = rows[over]
    return Hits(rows, {"end": days(end[over]), "after": visit.day[rows] - end[over]})


RULE = Rule(
    code="POC118",
    name="plan-duration-over",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="plan_of_care",
    over="visit",
    only_where=(holds("plan_days"), given("certified"), exactly("certified_through", ABSENT)),
    applies="certification",
    reads=READS,
    needs=("plan_established",),
    message="By its duration the plan ended on {end}; the visit was {after} days later",
    remedy=chart("Was the plan extended and recertified, and on which day?"),
    sources=("cms-bpm-15-220.1.3",),
    find=find,
)
