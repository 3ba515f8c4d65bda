"""An institutional line has no revenue code."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import ABSENT, IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines of institutional claims without a revenue code."""
    line = facts.claim_line
    rows = rows[(line.revenue[rows] == ABSENT) & (facts.claim.type[line.claim[rows]] == 1)]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="INS101",
    name="line-without-revenue-code",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code} has no revenue code",
    remedy=choice("Enter the revenue code of the discipline that furnished {code}."),
    sources=("cms-cpm-25", "cms-cpm-5-20.1"),
    find=find,
)
