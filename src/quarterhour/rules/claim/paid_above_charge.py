"""The patient has paid more than the claim charges."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, cents, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims whose patient payment is above the sum of the lines."""
    claim = facts.claim
    rows = rows[(claim.patient_paid[rows] > claim.charge[rows]) & (claim.charge[rows] >= 0)]
    return Hits(rows, {"paid": cents(claim.patient_paid[rows]), "charge": cents(claim.charge[rows])})


RULE = Rule(
    code="CLM228",
    name="patient-paid-above-the-charge",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim",
    needs=("patient_paid", "charge"),
    message="The patient has paid {paid}, more than the claim's charge of {charge}",
    remedy=choice("Correct the amount paid, or refund what was paid too much."),
    sources=("cms-cpm-26",),
    find=find,
)
