"""A claim bills days of two calendar years."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, days
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims whose first and last day lie in different years."""
    claim = facts.claim
    rows = rows[(claim.first_year[rows] != claim.last_year[rows]) & (claim.therapy_lines[rows] > 0)]
    return Hits(rows, {"first": days(claim.first_day[rows]), "last": days(claim.last_day[rows])})


RULE = Rule(
    code="CLM216",
    name="claim-crosses-the-year",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim",
    applies="kx_threshold",
    needs=("first_year", "last_year"),
    message="The claim bills days from {first} to {last}; the yearly threshold begins anew with the year",
    remedy=choice("Bill the days of each calendar year on a claim of their own."),
    sources=("cms-cpm-5-10.3",),
    find=find,
)
