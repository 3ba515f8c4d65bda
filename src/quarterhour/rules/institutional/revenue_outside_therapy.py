"""A therapy line stands under a revenue code of no therapy."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import IntArray
from quarterhour.rules.institutional._revenue import revenue_discipline


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Therapy lines with a discipline modifier under a revenue code outside therapy."""
    line = facts.claim_line
    rows = rows[(line.disciplines[rows] > 0) & (line.revenue[rows] >= 0)]
    rows = rows[revenue_discipline(facts, rows) == 0]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="INS104",
    name="therapy-line-under-other-revenue-code",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim_line",
    reads=("cms/claim:revenue_codes_pt", "cms/claim:revenue_codes_ot", "cms/claim:revenue_codes_slp"),
    message="{code} is billed as therapy, and its revenue code is not a therapy code",
    remedy=choice("Enter the revenue code of the discipline, or take the therapy modifier off if it was no therapy."),
    sources=("cms-cpm-5-20.1",),
    find=find,
)
