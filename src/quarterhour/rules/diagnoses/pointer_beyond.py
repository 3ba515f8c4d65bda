"""A line points to a diagnosis the claim does not have."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, codes
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Lines with a pointer above the number of diagnoses."""
    line = facts.claim_line
    rows = rows[line.pointer_beyond[rows] > 0]
    shown = {"pointer": line.pointer_beyond[rows], "diagnoses": facts.claim.diagnoses[line.claim[rows]]}
    return Hits(rows, {"code": codes(line.code[rows]), **shown})


RULE = Rule(
    code="DGN102",
    name="pointer-to-no-diagnosis",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_line",
    message="{code} points to diagnosis {pointer}; diagnoses on the claim: {diagnoses}",
    remedy=choice("Point {code} to the diagnosis it was furnished for."),
    sources=("cms-cpm-26",),
    find=find,
)
