"""A line of a claim has no units."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines with 0 units; a service that is not billed has no line."""
    line = facts.claim_line
    rows = rows[line.units[rows] == 0]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="CLM204",
    name="claim-line-without-units",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code} stands on the claim with 0 units",
    remedy=choice("Take the line off the claim, or enter the units that were furnished."),
    sources=("x12-837-required",),
    find=find,
)
