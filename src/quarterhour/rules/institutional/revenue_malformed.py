"""A revenue code has not four digits."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import ABSENT, IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines whose revenue code is something else."""
    line = facts.claim_line
    rows = rows[line.revenue[rows] < ABSENT]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="INS102",
    name="revenue-code-malformed",
    severity="error",
    confidence="high",
    persona="biller",
    kind="format",
    over="claim_line",
    message="The revenue code of {code} has not four digits",
    remedy=choice("Enter the revenue code with its leading zero."),
    sources=("cms-cpm-25",),
    find=find,
)
