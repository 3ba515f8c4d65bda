"""A line of a claim has a charge below zero."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, cents, choice, codes
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines that take money off the claim."""
    line = facts.claim_line
    rows = rows[line.charge[rows] < 0]
    return Hits(rows, {"code": codes(line.code[rows]), "charge": cents(line.charge[rows])})


RULE = Rule(
    code="CLM203",
    name="claim-line-charge-below-zero",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code} is charged at {charge}, below zero",
    remedy=choice("Enter the charge as it was made; corrections of paid claims are claims of their own."),
    sources=("x12-837-required", "cms-cpm-26"),
    find=find,
)
