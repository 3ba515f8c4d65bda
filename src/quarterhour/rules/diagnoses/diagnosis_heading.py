"""A diagnosis only heads more precise ones."""

from __future__ import annotations

from quarterhour.policy.diagnoses import HEADING
from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Diagnoses that stand in the code set as headings."""
    diagnosis = facts.claim_diagnosis
    rows = rows[diagnosis.listing[rows] == HEADING]
    return Hits(rows, {"number": diagnosis.number[rows]})


RULE = Rule(
    code="DGN111",
    name="diagnosis-is-a-heading",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_diagnosis",
    needs=("listing",),
    message="Diagnosis {number} is a heading; the code set has more precise codes under it",
    remedy=chart("Which side, part or stage is meant, as the code set parts them?"),
    sources=("icd-10-cm-guidelines",),
    find=find,
)
