"""The first diagnosis of a claim names an external cause."""

from __future__ import annotations

from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """First diagnoses out of the chapter of external causes."""
    diagnosis = facts.claim_diagnosis
    return Hits(rows[(diagnosis.number[rows] == 1) & diagnosis.external_cause[rows]])


RULE = Rule(
    code="DGN108",
    name="external-cause-stands-first",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_diagnosis",
    reads=("cms/claim:external_cause_letters",),
    message="The first diagnosis says how the injury happened, not what was treated",
    remedy=choice("Put the condition that was treated first, and move the pointers with it."),
    sources=("icd-10-cm-guidelines",),
    find=find,
)
