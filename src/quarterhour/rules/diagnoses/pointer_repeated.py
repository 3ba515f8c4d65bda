"""A line points to the same diagnosis twice."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, codes, format_remedy
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines with a pointer that stands on them already."""
    line = facts.claim_line
    rows = rows[line.repeated_pointer[rows] > 0]
    return Hits(rows, {"code": codes(line.code[rows]), "pointer": line.repeated_pointer[rows]})


RULE = Rule(
    code="DGN104",
    name="pointer-stands-twice",
    severity="warning",
    confidence="high",
    persona="biller",
    kind="format",
    over="claim_line",
    message="{code} points to diagnosis {pointer} twice",
    remedy=format_remedy("Leave the second pointer to diagnosis {pointer} out."),
    sources=("cms-cpm-26",),
    find=find,
)
