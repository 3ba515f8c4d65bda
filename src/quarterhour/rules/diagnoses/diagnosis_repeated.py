"""A diagnosis stands on its claim twice."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Diagnoses that stand on the claim already, with or without the point."""
    diagnosis = facts.claim_diagnosis
    rows = rows[diagnosis.same_as[rows] > 0]
    return Hits(rows, {"number": diagnosis.number[rows], "first": diagnosis.same_as[rows]})


RULE = Rule(
    code="DGN107",
    name="diagnosis-stands-twice",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_diagnosis",
    message="Diagnosis {number} is the same as diagnosis {first}",
    remedy=choice("Take diagnosis {number} off, and let lines that point to it point to {first}."),
    sources=("icd-10-cm-guidelines",),
    find=find,
)
