"""The certification is older than the plan it certifies."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart, days, given
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Plans that were certified on an earlier day than they were established."""
    visit = facts.visit
    signed = visit.certified[rows]
    rows = rows[signed < visit.plan_established[rows]]
    return Hits(rows, {"signed": days(visit.certified[rows]), "established": days(visit.plan_established[rows])})


RULE = Rule(
    code="POC115",
    name="certified-before-established",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="plan_of_care",
    over="visit",
    only_where=(given("certified"),),
    applies="certification",
    needs=("plan_established",),
    message="The certification is dated {signed}, before the plan was established on {established}",
    remedy=chart("Which of the two dates is right, or was the plan renewed after it was certified?"),
    sources=("cms-bpm-15-220.1.3",),
    find=find,
)
