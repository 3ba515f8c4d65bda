"""The total a claim states is not the sum of its lines."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, cents, format_remedy
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims whose stated total and whose lines, all charged, add up to different amounts."""
    claim = facts.claim
    rows = rows[claim.stated_charge[rows] != claim.charge[rows]]
    return Hits(rows, {"stated": cents(claim.stated_charge[rows]), "sum": cents(claim.charge[rows])})


RULE = Rule(
    code="CLM201",
    name="claim-total-differs-from-its-lines",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    needs=("stated_charge", "charge"),
    message="The claim states a total of {stated}; its lines add up to {sum}",
    remedy=format_remedy("State the sum of the lines, {sum}, as the claim's total."),
    sources=("cms-cpm-26", "x12-837-balancing"),
    find=find,
)
