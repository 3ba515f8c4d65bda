"""A line of a professional claim has no place of service."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import ABSENT, IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Professional lines where neither line nor claim names a place."""
    line = facts.claim_line
    rows = rows[(line.place_of_service[rows] == ABSENT) & (facts.claim.type[line.claim[rows]] == 0)]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="CLM229",
    name="claim-line-without-place",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code} has no place of service",
    remedy=choice("Enter the place where the patient was treated."),
    sources=("cms-cpm-26", "cms-pos-code-set"),
    find=find,
)
