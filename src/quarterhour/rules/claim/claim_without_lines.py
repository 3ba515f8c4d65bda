"""A claim has no line."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims without any service line."""
    rows = rows[facts.claim.lines[rows] == 0]
    return Hits(rows)


RULE = Rule(
    code="CLM205",
    name="claim-without-lines",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The claim has no service line",
    remedy=choice("Add the services that are billed, or do not send the claim."),
    sources=("x12-837-required",),
    find=find,
)
