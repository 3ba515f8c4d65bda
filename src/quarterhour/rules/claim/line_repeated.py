"""A line stands on its claim twice."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines the same as an earlier one of the claim in everything, and without a modifier that says so is meant."""
    line = facts.claim_line
    meant = facts.modifiers("repeat", "distinct")
    rows = rows[(line.same_as[rows] > 0) & (line.modifiers[rows] & meant == 0)]
    return Hits(rows, {"code": codes(line.code[rows]), "number": line.number[rows], "first": line.same_as[rows]})


RULE = Rule(
    code="CLM207",
    name="line-stands-twice-on-a-claim",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="Line {number} ({code}) is the same as line {first}: day, modifiers, units and charge",
    remedy=choice(
        "Take line {number} off if the service was entered twice; put its units on line {first} if it was given twice."
    ),
    sources=("cms-cpm-1-120", "ngs-duplicate-denials"),
    find=find,
)
