"""A diagnosis is not written as an ICD-10-CM code."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, holds
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Visits with diagnoses that do not have the form of a code."""
    visit = facts.visit
    return Hits(rows, {"malformed": visit.malformed_diagnoses[rows], "diagnoses": visit.diagnoses[rows]})


RULE = Rule(
    code="CLM107",
    name="diagnosis-code-malformed",
    severity="error",
    confidence="high",
    persona="biller",
    kind="format",
    over="visit",
    only_where=(holds("malformed_diagnoses"),),
    message="Diagnosis codes that do not have the form of ICD-10-CM: {malformed} of {diagnoses}",
    remedy=choice("Write each diagnosis as its ICD-10-CM code; the words belong in the note."),
    sources=("icd-10-cm-guidelines",),
    find=find,
)
