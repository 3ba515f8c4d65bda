"""A professional line points to no diagnosis."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Professional lines without a pointer, on claims that have diagnoses."""
    line = facts.claim_line
    rows = rows[(line.pointers[rows] == 0) & (facts.claim.type[line.claim[rows]] == 0)]
    rows = rows[facts.claim.diagnoses[line.claim[rows]] > 0]
    return Hits(rows, {"code": codes(line.code[rows])})


RULE = Rule(
    code="DGN103",
    name="line-without-pointer",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code} points to no diagnosis",
    remedy=choice("Point {code} to the diagnosis it was furnished for."),
    sources=("cms-cpm-26", "x12-837-required"),
    find=find,
)
