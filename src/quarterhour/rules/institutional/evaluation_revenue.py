"""A line under an evaluation revenue code is no evaluation."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines of other codes under a revenue code of evaluations."""
    line = facts.claim_line
    listed = facts.listed("cms/claim:revenue_codes_evaluation", line.subject[rows], line.revenue[rows])
    rows = rows[listed & ~line.evaluation[rows]]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="INS106",
    name="evaluation-revenue-without-evaluation",
    severity="warning",
    confidence="low",
    persona="biller",
    kind="claim",
    over="claim_line",
    reads=("cms/claim:revenue_codes_evaluation",),
    message="{code} is no evaluation, and its revenue code is that of one",
    remedy=choice("Enter the revenue code of treatment for {code}."),
    sources=("nubc-revenue-codes",),
    find=find,
)
