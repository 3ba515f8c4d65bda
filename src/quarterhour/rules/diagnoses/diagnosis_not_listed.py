"""A diagnosis is no code of ICD-10-CM on the day."""

from __future__ import annotations

from quarterhour.policy.diagnoses import NOT_LISTED
from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.contract import Hits, Rule, choice, words
from quarterhour.rules.facts import IntArray


def find(facts: FactsOfClaims, rows: IntArray) -> Hits:
    """Well-formed diagnoses that the code set of the claim's first day does not have."""
    diagnosis = facts.claim_diagnosis
    rows = rows[(diagnosis.listing[rows] == NOT_LISTED) & ~diagnosis.malformed[rows]]
    return Hits(rows, {"number": diagnosis.number[rows], "release": words(diagnosis.release[rows], facts.releases)})


RULE = Rule(
    code="DGN110",
    name="diagnosis-not-in-the-code-set",
    severity="error",
    confidence="high",
    persona="biller",
    kind="claim",
    over="claim_diagnosis",
    needs=("listing",),
    message="Diagnosis {number} is no code of {release}",
    remedy=choice("Look up which code took its place on the date of service."),
    sources=("icd-10-cm-guidelines",),
    find=find,
)
