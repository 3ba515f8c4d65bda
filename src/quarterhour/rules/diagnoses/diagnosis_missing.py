"""A claim has no diagnosis."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Claims without any diagnosis."""
    return Hits(rows[facts.claim.diagnoses[rows] == 0])


RULE = Rule(
    code="DGN101",
    name="claim-without-diagnosis",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim",
    message="The claim has no diagnosis",
    remedy=chart("Which condition was treated, and which diagnosis does the plan of care name?"),
    sources=("cms-cpm-26", "x12-837-required"),
    find=find,
)
