"""A line of a claim has no date of service."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import ABSENT, IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines without a day."""
    line = facts.claim_line
    rows = rows[line.day[rows] == ABSENT]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="CLM210",
    name="claim-line-without-date",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code} has no date of service",
    remedy=choice("Enter the day of the service from the record of the visit."),
    sources=("cms-cpm-5-40.5", "cms-cpm-26"),
    find=find,
)
