"""No line points to a diagnosis of the claim."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """First diagnoses of professional claims that no line points to."""
    diagnosis = facts.claim_diagnosis
    rows = rows[(diagnosis.number[rows] == 1) & ~diagnosis.pointed_to[rows]]
    claim = diagnosis.claim[rows]
    rows = rows[(facts.claim.type[claim] == 0) & (facts.claim.lines[claim] > 0)]
    return Hits(rows)


RULE = Rule(
    code="DGN109",
    name="diagnosis-no-line-points-to",
    severity="info",
    confidence="medium",
    persona="biller",
    kind="claim",
    over="claim_diagnosis",
    message="No line points to the first diagnosis of the claim",
    remedy=choice("Put the diagnosis most lines point to first."),
    sources=("cms-cpm-26",),
    find=find,
)
